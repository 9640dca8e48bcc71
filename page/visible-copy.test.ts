// @vitest-environment happy-dom
import { afterEach, expect, test, vi } from 'vitest'
import { windowOf } from './dom-access.ts'
import { captureLimits } from './limits.ts'
import { copyVisible } from './visible-copy.ts'
import type { VisibleCopy } from './visible-copy.ts'

afterEach(() => vi.restoreAllMocks())

function show(html: string): void {
  document.documentElement.innerHTML = `<head><title>T</title></head><body>${html}</body>`
}

async function copyOf(html: string, limits = captureLimits): Promise<VisibleCopy> {
  show(html)
  return await copyVisible(document, limits)
}

function textOf(copy: VisibleCopy): string {
  return (copy.document.body?.textContent ?? '').replace(/\s+/g, ' ').trim()
}

test.each<[what: string, html: string, text: string]>([
  ['text', '<p>a <b>b</b></p>', 'a b'],
  [
    'no script, style or template, and no noscript that is not rendered',
    'a<script>b</script><style>c{}</style><noscript style="display: none">d</noscript><template>e</template>',
    'a',
  ],
  ['frames of the page’s own origin', 'a<iframe srcdoc="b"></iframe>c', 'abc'],
  ['no comment', 'a<!-- b -->', 'a'],
  ['nothing with display none', 'a<div style="display:none">b<p>c</p></div>', 'a'],
  [
    'what is visible within the invisible',
    '<div style="visibility:hidden">a<p style="visibility:visible">b</p></div>',
    'b',
  ],
  ['the inside of closed details', '<details><summary>a</summary> <p>b</p></details>', 'a b'],
  ['no form values', '<form>a<input value="secret"><textarea>secret</textarea><select><option>b</select></form>', 'a'],
  ['no media or drawings', 'a<video>c</video><canvas>d</canvas><object>e</object>', 'a'],
])('copies %s', async (_what, html, text) => {
  expect(textOf(await copyOf(html))).toBe(text)
})

test('a title of any length leaves room for the text', async () => {
  document.documentElement.innerHTML = `<head><title>${'T'.repeat(2_000)}</title></head><body>a</body>`
  const copy = await copyVisible(document, { ...captureLimits, textBytes: 1_500 })
  expect(textOf(copy)).toBe('a')
  expect(copy.truncated).toBe(false)
  expect(copy.document.title.length).toBe(1_000)
})

test('leaves the page as it is', async () => {
  show(
    '<article class="x" style="color:red">a<div style="display:none">b</div><form><input name="childNodes"></form></article>',
  )
  const before = document.documentElement.outerHTML
  await copyVisible(document, captureLimits)
  expect(document.documentElement.outerHTML).toBe(before)
})

test('keeps what extractors go by and drops what hides, runs or shadows', async () => {
  const { document: copy } = await copyOf(
    '<div class="post" id="i" role="main" style="opacity:1" hidden="" onclick="x()" data-x="1"></div><img id="body" name="title" alt="a">',
  )
  expect(copy.querySelector('div')?.getAttributeNames().toSorted()).toEqual(['class', 'data-x', 'id', 'role'])
  expect(copy.querySelector('img')?.getAttributeNames()).toEqual(['alt'])
  expect(copy.title).toBe('T')
})

test('an attribute that carries data is not copied', async () => {
  const { document: copy } = await copyOf(`<div data-state="${'x'.repeat(5_000)}">a</div>`)
  expect(copy.querySelector('div')?.attributes).toHaveLength(0)
})

test('copies an open shadow root in place of its host’s children, with what is slotted', async () => {
  show('<x-card><b>slotted</b></x-card>')
  const root = document.querySelector('x-card')?.attachShadow({ mode: 'open' })
  if (root) root.innerHTML = '<p>before</p> <slot>fallback</slot> <p>after</p>'
  expect(textOf(await copyVisible(document, captureLimits))).toBe('before slotted after')
})

test('a page cannot shadow what is read', async () => {
  const html = '<form><input name="childNodes"><input name="nodeType"><input name="localName"><p>a</p></form>'
  expect(textOf(await copyOf(html))).toBe('a')
})

test('stops at the limit of elements', async () => {
  const copy = await copyOf('<i>x</i>'.repeat(200), { ...captureLimits, elements: 100 })
  expect(copy.truncated).toBe(true)
  expect(copy.document.querySelectorAll('*').length).toBeLessThanOrEqual(100)
})

test('stops at the limit of text', async () => {
  const copy = await copyOf('<p>0123456789</p>'.repeat(10), { ...captureLimits, textBytes: 35 })
  expect(copy).toMatchObject({ truncated: true, characters: 35 })
})

test('flattens what is nested deeper than the limit', async () => {
  const copy = await copyOf(`${'<div>'.repeat(50)}<p>deep</p><p>down</p>${'</div>'.repeat(50)}`, {
    ...captureLimits,
    depth: 10,
  })
  expect(textOf(copy)).toBe('deep down')
  expect(copy.document.querySelectorAll('div').length).toBeLessThan(10)
})

test('a document without a root is empty', async () => {
  const empty = document.implementation.createHTMLDocument('')
  empty.documentElement.remove()
  expect(await copyVisible(empty, captureLimits)).toMatchObject({ elements: 0, characters: 0, truncated: false })
})

/** Makes each look at a page's style take this long. */
function slowDown(milliseconds: number): void {
  const view = windowOf(document) ?? window
  const computed = view.getComputedStyle.bind(view)
  vi.spyOn(view, 'getComputedStyle').mockImplementation((element) => {
    for (const end = performance.now() + milliseconds; performance.now() < end;);
    return computed(element)
  })
}

test('ends in time on a page that takes all the turns', async () => {
  show('<p>a</p>'.repeat(50))
  slowDown(10)
  const copy = await copyVisible(document, { ...captureLimits, copyMilliseconds: 100 })
  expect(copy.truncated).toBe(true)
  expect(copy.elements).toBeLessThan(50)
})

test('what the page removes and adds while it has its turn does not confuse the copy', async () => {
  show('<p>a</p>'.repeat(20))
  slowDown(10)
  const copying = copyVisible(document, captureLimits)
  document.body.replaceChildren('b')
  expect(textOf(await copying)).toMatch(/^[ab ]*$/)
})

const streamed =
  '<p>a</p><template id="B:0"></template><p>d</p><div hidden style="display:none" id="S:0">b<template id="P:1"></template>' +
  '<i style="display: none">x</i></div><div hidden style="display:none" id="S:1">c</div><div hidden style="display:none" id="S:2">y</div><div hidden style="display:none">z</div>'

test.each<[runs: string, matches: boolean, text: string]>([
  ['no scripts', true, 'abcd'],
  ['scripts', false, 'ad'],
])('where the browser runs %s, what was streamed is read as far as the page shows it', async (_runs, matches, text) => {
  const view = windowOf(document) ?? window
  const ask = view.matchMedia.bind(view)
  const answered = (query: string) => (matches && query === '(scripting: none)' ? 'all' : 'not all')
  vi.spyOn(view, 'matchMedia').mockImplementation((query) => ask(answered(query)))
  expect(textOf(await copyOf(streamed)).replaceAll(' ', '')).toBe(text)
})
