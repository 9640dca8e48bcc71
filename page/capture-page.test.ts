// @vitest-environment happy-dom
import { afterEach, expect, test } from 'vitest'
import { captureResult } from '../protocol/capture.ts'
import { capturePage } from './capture-page.ts'
import { captureLimits } from './limits.ts'

function show(body: string): void {
  document.documentElement.innerHTML = `<head><title>Quarterly note</title></head><body>${body}</body>`
  document.documentElement.lang = 'en'
}

afterEach(() => window.getSelection()?.removeAllRanges())

const paragraph = '<p>The harbour handled 4127 containers.</p>'

test('reads a page into what the panel accepts', async () => {
  show(`<main><h1>Quarterly note</h1>${paragraph}</main>`)
  const result = await capturePage(window)
  expect(captureResult.parse(result)).toEqual(result)
  expect(result).toMatchObject({
    ok: true,
    page: {
      title: 'Quarterly note',
      lang: 'en',
      text: '# Quarterly note\n\nThe harbour handled 4127 containers.',
      zones: [{ zone: 'main', start: 0, end: 54 }],
      wordsMain: 7,
      wordsRest: 0,
      truncated: false,
    },
    selection: null,
  })
})

test.each(['', '<canvas></canvas>', '<p> \n\u200B</p>', '<div style="display:none">hidden</div>'])(
  'nothing to read in %j',
  async (body) => {
    show(body)
    expect(await capturePage(window)).toEqual({ ok: false, code: 'page_empty' })
  },
)

test('cuts a long page and says so', async () => {
  show(`<main>${paragraph.repeat(100)}</main>`)
  const result = await capturePage(window, { ...captureLimits, textBytes: 1_000 })
  expect(result).toMatchObject({ ok: true, page: { truncated: true } })
  expect(result.ok && new TextEncoder().encode(result.page.text).length).toBeLessThanOrEqual(1_000)
})

test('reads the same page the same way twice', async () => {
  show(`<main>${paragraph}</main>`)
  expect(await capturePage(window)).toEqual(await capturePage(window))
})

test('carries the selection beside the page', async () => {
  show(`<main>${paragraph}</main>`)
  const text = document.querySelector('p')
  if (text) window.getSelection()?.selectAllChildren(text)
  expect(await capturePage(window)).toMatchObject({
    ok: true,
    selection: { text: 'The harbour handled 4127 containers.' },
  })
})

test.each<[address: string, ok: boolean]>([
  ['/another-route', false],
  ['#/another-route', false],
  ['#further-down', true],
])('a page that goes on to %s while it is copied: %s', async (address, ok) => {
  show(paragraph)
  history.replaceState(null, '', '/asked')
  const asked = location.href
  const capture = capturePage(window)
  history.pushState(null, '', address)
  expect(await capture).toMatchObject(ok ? { ok, page: { url: asked } } : { ok, code: 'page_gone' })
})
