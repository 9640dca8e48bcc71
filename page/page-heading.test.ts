// @vitest-environment happy-dom
import { expect, test } from 'vitest'
import { withPageHeading } from './page-heading.ts'

const body = [{ kind: 'paragraph', text: 'Body.' }] as const

test.each<[what: string, html: string, first: string]>([
  ['adds the heading', '<h1>Harbour  news</h1>', '# Harbour news'],
  ['keeps it out when it is there', '<h1>body.</h1>', 'Body.'],
  [
    'takes the one that the title repeats',
    '<head><title>Ferry opens | Site</title></head><h1>Site name</h1><h1>Ferry opens</h1>',
    '# Ferry opens',
  ],
  ['takes none of several others', '<head><title>T</title></head><h1>a1</h1><h1>b2</h1>', 'Body.'],
  ['takes no empty one', '<h1> </h1>', 'Body.'],
])('%s', (_what, html, first) => {
  const copy = new DOMParser().parseFromString(html, 'text/html')
  expect(withPageHeading(body, copy)[0]?.text).toBe(first)
})

test('adds nothing to nothing', () => {
  expect(withPageHeading([], new DOMParser().parseFromString('<h1>a</h1>', 'text/html'))).toEqual([])
})
