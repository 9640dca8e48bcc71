// @vitest-environment happy-dom
import { expect, test } from 'vitest'
import { pageDetails } from './page-details.ts'

function detailsOf(lang: string, title: string, href = 'https://example.com/a?b#c'): ReturnType<typeof pageDetails> {
  const page = new DOMParser().parseFromString('<html></html>', 'text/html')
  page.documentElement.setAttribute('lang', lang)
  page.title = title
  return pageDetails(page, href)
}

test.each([
  ['en', 'en'],
  ['EN-us', 'en-US'],
  ['pt_BR', 'pt-BR'],
  ['', ''],
  ['no such language!', ''],
])('language %j is %j', (lang, tag) => {
  expect(detailsOf(lang, '').lang).toBe(tag)
})

test.each([
  ['  A\n title\u200B ', 'A title'],
  ['x'.repeat(2_000), 'x'.repeat(512)],
  [`${'x'.repeat(511)}\u{1F600}`, 'x'.repeat(511)],
])('title %#', (title, clean) => {
  expect(detailsOf('', title).title).toBe(clean)
})

test.each([
  ['https://example.com/a?b#c', 'https://example.com/a?b#c'],
  [`https://example.com/path?q=${'z'.repeat(3_000)}`, 'https://example.com/path'],
  [`https://example.com/${'p'.repeat(3_000)}`, `https://example.com/${'p'.repeat(2_028)}`],
  [`data:text/html,${'d'.repeat(3_000)}`, `data:text/html,${'d'.repeat(2_033)}`],
])('address %#', (href, url) => {
  expect(detailsOf('', '', href).url).toBe(url)
})
