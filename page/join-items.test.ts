// @vitest-environment happy-dom
import { expect, test } from 'vitest'
import { joinItems } from './join-items.ts'
import { placedMarkdown } from './testing/placed-markdown.ts'

const { body } = new DOMParser().parseFromString(
  '<ul><li>a</li><li><a>bb</a></li></ul><ul><li>c</li></ul><p>See <a>it</a></p>',
  'text/html',
)
const placed = placedMarkdown(body)

test('items of one list are one block, lists that follow each other are two', () => {
  expect(joinItems(placed)).toEqual([
    { kind: 'list', text: '- a\n- bb' },
    { kind: 'list', text: '- c' },
    { kind: 'paragraph', text: 'See it' },
  ])
})

test('each block knows its element', () => {
  expect(placed.map(({ element }) => element.localName)).toEqual(['li', 'li', 'li', 'p'])
})
