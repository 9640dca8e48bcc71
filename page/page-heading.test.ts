// @vitest-environment happy-dom
import { expect, test } from 'vitest'
import { placedMarkdown } from './testing/placed-markdown.ts'
import { pageHeadingAt } from './page-heading.ts'

test.each<[what: string, html: string, title: string, heading: string | undefined]>([
  ['the only one', '<h1>Harbour  news</h1>', '', '# Harbour news'],
  ['none that the main text holds', '<h1>body.</h1>', '', undefined],
  ['the one that the title repeats', '<h1>Site name</h1><h1>Ferry opens</h1>', 'Ferry opens | Site', '# Ferry opens'],
  ['none of several others', '<h1>a1</h1><h1>b2</h1>', 'T', undefined],
  ['no empty one', '<h1> </h1>', '', undefined],
  ['no smaller one', '<h2>Harbour news</h2>', '', undefined],
])('%s', (_what, html, title, heading) => {
  const { body } = new DOMParser().parseFromString(`<body>${html}<p>Body.</p></body>`, 'text/html')
  const page = placedMarkdown(body)
  const at = pageHeadingAt(
    page,
    page.map(({ text }) => text === 'Body.'),
    title,
  )
  expect(at === undefined ? undefined : page[at]?.text).toBe(heading)
})
