// @vitest-environment happy-dom
import { expect, test } from 'vitest'
import { wordsOf } from './coverage.ts'
import { placedMarkdown } from './testing/placed-markdown.ts'
import { refineMain } from './refine-main.ts'

const long = 'word '.repeat(30).trim()

/** Blocks whose element has class "m" were chosen; the answer is the marks of all blocks, main ones as "m". */
test.each<[what: string, html: string, marks: string]>([
  ['what was chosen stays', '<p class="m">a</p><p>b</p>', 'm-'],
  ['an aside goes', '<p class="m">a</p><aside><p class="m">b</p></aside>', 'm-'],
  ['a footer goes, the page’s heading in it stays', '<footer><h1 class="m">a</h1><p class="m">b</p></footer>', 'm-'],
  ['an invitation goes', '<p class="m"><a>Read more</a></p><p class="m">Read more slowly</p>', '-m'],
  ['a lost paragraph comes back', `<p class="m">a</p><p>${long}</p><p class="m">b</p>`, 'mmm'],
  ['not after the end', `<p class="m">a</p><p>${long}</p>`, 'm-'],
  ['not a short one', '<p class="m">a</p><p>b</p><p class="m">c</p>', 'm-m'],
  ['not one of links', `<p class="m">a</p><p><a>${long}</a></p><p class="m">b</p>`, 'm-m'],
  ['not a comment', `<p class="m">a</p><div id="Comments"><p>${long}</p></div><p class="m">b</p>`, 'm-m'],
  ['a lost heading comes back', '<p class="m">a</p><h2>b</h2><p class="m">c</p>', 'mmm'],
  ['not one before other things', '<p class="m">a</p><h2>b</h2><p>c</p><p>d</p>', 'm---'],
])('%s', (_what, html, marks) => {
  const { body } = new DOMParser().parseFromString(`<body>${html}</body>`, 'text/html')
  const page = placedMarkdown(body)
  const words = page.map(({ text }) => wordsOf(text).length)
  const chosen = page.map(({ element }) => element.className === 'm')
  expect(
    refineMain(page, words, chosen)
      .map((isMain) => (isMain ? 'm' : '-'))
      .join(''),
  ).toBe(marks)
})
