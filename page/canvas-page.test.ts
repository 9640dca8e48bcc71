// @vitest-environment happy-dom
import { expect, test } from 'vitest'
import { isDrawn } from './canvas-page.ts'

const view = { width: 1000, height: 800 }

/** happy-dom lays nothing out: each canvas has the place its attributes name. */
function pageOf(body: string): Document {
  const page = new DOMParser().parseFromString(`<body>${body}</body>`, 'text/html')
  for (const canvas of page.querySelectorAll('canvas')) {
    const [left = 0, top = 0, width = 0, height = 0] = (canvas.dataset['place'] ?? '').split(' ').map(Number)
    canvas.getBoundingClientRect = () => new DOMRect(left, top, width, height)
    canvas.checkVisibility = () => !canvas.hidden
  }
  return page
}

test.each<[name: string, body: string, words: number, drawn: boolean]>([
  ['a canvas over the window', '<canvas data-place="0 0 1000 800"></canvas>', 5, true],
  ['one beside words', '<canvas data-place="0 0 1000 800"></canvas>', 50, false],
  ['a small one', '<canvas data-place="0 0 300 200"></canvas>', 5, false],
  ['one that lies mostly below the window', '<canvas data-place="0 700 1000 4000"></canvas>', 5, false],
  ['one that is not shown', '<canvas hidden data-place="0 0 1000 800"></canvas>', 5, false],
  ['none', '<p>words</p>', 1, false],
  ['pages of a word processor among many menus', '<canvas class="kix-canvas-tile-content"></canvas>', 900, true],
])('%s', (_name, body, words, drawn) => {
  expect(isDrawn(pageOf(body), view, words)).toBe(drawn)
})
