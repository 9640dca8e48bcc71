import type { JSONValue } from 'convex/values'
import { expect, test } from 'vitest'
import { StoreCatalog } from './catalog.ts'
import { planSearch } from './search-plan.ts'

const search = (fieldPath: string, value: JSONValue = 'some words') => ({ type: 'Search', fieldPath, value })
const equal = (fieldPath: string, value: JSONValue = 'x') => ({ type: 'Eq', fieldPath, value })

test.each([
  ['no search', 'by_text', [equal('shelf')], /no `\.search\("text", …\)`/],
  ['nothing at all', 'by_text', [], /no `\.search\("text", …\)`/],
  ['another field', 'by_text', [search('shelf')], /looks into "shelf"; its `searchField` is "text"/],
  ['two searches', 'by_text', [search('text'), search('text')], /2 search filters/],
  [
    'a field that is no filter',
    'by_text',
    [search('text'), equal('text')],
    /filters by "text".* not in its `filterFields`/,
  ],
  [
    'too many filters',
    'by_text',
    [search('text'), ...Array.from({ length: 9 }, () => equal('shelf'))],
    /Max: 8 Actual: 9/,
  ],
  ['no such index', 'by_words', [search('text')], /Index passages\.by_words not found/],
  ['an index that is none of search', 'by_id', [search('text')], /Index passages\.by_id is not a search index/],
  ['a search for no text', 'by_text', [search('text', 3)], /Not a search filter/],
])('%s is an error', (_name, index, filters, message) => {
  expect(() => plan(index, filters)).toThrow(message)
})

test('equal values of a field are one filter, all others are others', () => {
  const of = (...filters: JSONValue[]) => plan('by_text', [search('text'), ...filters]).query.filters
  const longText = 'x'.repeat(100)
  const values: JSONValue[] = [
    'x',
    '',
    null,
    { $undefined: null },
    1,
    true,
    { $integer: 'AQAAAAAAAAA=' },
    longText,
    `${longText}y`,
  ]
  const distinct = new Set([...values.flatMap((value) => of(equal('shelf', value))), ...of(equal('pages', 'x'))])
  expect(distinct.size).toBe(values.length + 1)
  expect(of(equal('shelf', longText))).toEqual(of(equal('shelf', longText)))
})

test('the first 16 words are looked for', () => {
  const words = Array.from({ length: 20 }, (_, number) => `w${number}`)
  expect(plan('by_text', [search('text', words.join(' '))]).query.terms.map(({ text }) => text)).toEqual(
    words.slice(0, 16),
  )
})

function plan(indexName: string, filters: JSONValue[]) {
  const catalog = new StoreCatalog()
  const table = catalog.table('passages')
  const index = { tableNumber: table.number, name: 'by_text', searchField: 'text', filterFields: ['pages', 'shelf'] }
  catalog.setIndexes(table, [...table.indexes.values()], [catalog.newSearchIndex(index)])
  return planSearch(catalog, { type: 'Search', indexName: `passages.${indexName}`, filters })
}
