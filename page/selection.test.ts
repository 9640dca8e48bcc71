// @vitest-environment happy-dom
import { expect, test } from 'vitest'
import { pageSelection } from './selection.ts'

const limit = 1_000

function selectIn(
  html: string,
  from: [selector: string, offset: number],
  to: [selector: string, offset: number],
): Selection {
  document.body.innerHTML = html
  const selection = window.getSelection()
  const [start, end] = [from, to].map(([selector]) => document.querySelector(selector)?.firstChild)
  if (!selection || !start || !end) throw new Error('nothing to select')
  const range = document.createRange()
  range.setStart(start, from[1])
  range.setEnd(end, to[1])
  selection.removeAllRanges()
  selection.addRange(range)
  return selection
}

test('a selection with the text around it', () => {
  const html = '<p id="a">Before it.</p><p id="b">One two three.</p><p id="c">After it.</p>'
  const selection = selectIn(html, ['#b', 4], ['#b', 7])
  expect(pageSelection(document, selection, limit)).toEqual({
    text: 'two',
    parts: [{ text: 'two', prefix: 'Before it. One ', suffix: ' three. After it.' }],
  })
})

test('text around it is at most 64 characters, shown, and not code', () => {
  const html = `<p>${'long '.repeat(50)}</p><script>secret()</script><p id="b">x</p><style>p{}</style><p>${'tail '.repeat(50)}</p>`
  const selected = pageSelection(document, selectIn(html, ['#b', 0], ['#b', 1]), limit)
  const { prefix = '', suffix = '' } = selected?.parts[0] ?? {}
  expect(prefix).toMatch(/^(?:l?o?n?g? ?)(?:long )+$/)
  expect(suffix).toMatch(/^ ?(?:tail ?)+/)
  expect(Math.max(prefix.length, suffix.length)).toBeLessThanOrEqual(64)
})

test('carriers are removed and the length is limited', () => {
  expect(pageSelection(document, selectIn('<p>4\u200B127 x</p>', ['p', 0], ['p', 7]), 5)?.text).toBe('4127')
})

test.each<[what: string, field: string, text: string | undefined]>([
  ['a text field', '<input value="my own words">', 'own'],
  ['a text area', '<textarea>my own words</textarea>', 'own'],
  ['a password', '<input type="password" value="my own words">', undefined],
  ['a card number', '<input autocomplete="cc-number" value="my own words">', undefined],
  ['a code', '<input autocomplete="one-time-code" value="my own words">', undefined],
])('selected in %s', (_what, html, text) => {
  document.body.innerHTML = html
  const field = document.querySelector<HTMLInputElement | HTMLTextAreaElement>('input, textarea')
  field?.focus()
  field?.setSelectionRange(3, 6)
  expect(pageSelection(document, null, limit)?.text).toBe(text)
})

test('a focused field with nothing selected in it is not read', () => {
  document.body.innerHTML = '<textarea>draft</textarea>'
  const field = document.querySelector('textarea')
  field?.focus()
  field?.setSelectionRange(2, 2)
  expect(pageSelection(document, null, limit)).toBeNull()
})

test('no selection', () => {
  document.body.innerHTML = '<p>a</p>'
  window.getSelection()?.removeAllRanges()
  expect(pageSelection(document, window.getSelection(), limit)).toBeNull()
})

test('several ranges, as some browsers allow: each is a part with what stands around it', () => {
  document.body.innerHTML = '<p id="a">One two three.</p><p id="b">Four five six.</p>'
  const ranges = ['#a', '#b'].map((selector) => {
    const node = document.querySelector(selector)?.firstChild
    if (!node) throw new Error('nothing to select')
    const range = document.createRange()
    range.setStart(node, 0)
    range.setEnd(node, 3)
    return range
  })
  const several = {
    isCollapsed: false,
    rangeCount: 2,
    getRangeAt: (at: number) => ranges[at],
    toString: () => ranges.join(''),
  }
  expect(pageSelection(document, several as Partial<Selection> as Selection, limit)).toEqual({
    text: 'One\n\nFou',
    parts: [
      { text: 'One', prefix: '', suffix: ' two three. Four five six.' },
      { text: 'Fou', prefix: 'One two three. ', suffix: 'r five six.' },
    ],
  })
})
