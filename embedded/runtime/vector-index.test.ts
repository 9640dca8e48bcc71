import type { JSONValue } from 'convex/values'
import { expect, test } from 'vitest'
import { parseVectorIndexes } from './vector-index.ts'

const index = (change: { [name: string]: JSONValue } = {}) => ({
  indexDescriptor: 'by_vector',
  vectorField: 'about.vector',
  dimensions: 2,
  filterFields: ['kind', 'about.size'],
  ...change,
})
const fields = (count: number) => Array.from({ length: count }, (_, number) => `field${number}`)

test('a vector index is read with its paths', () => {
  expect(parseVectorIndexes('rows', [index()]).get('by_vector')).toEqual({
    table: 'rows',
    name: 'by_vector',
    vectorPath: ['about', 'vector'],
    dimensions: 2,
    filterFields: ['kind', 'about.size'],
    filterPaths: [['kind'], ['about', 'size']],
  })
})

test.each([
  ['no list', undefined, 0],
  ['the most dimensions and filter fields', [index({ dimensions: 4096, filterFields: fields(16) })], 1],
  ['four indexes', [1, 2, 3, 4].map((number) => index({ indexDescriptor: `by_${number}` })), 4],
])('%s may be', (_name, json, count) => {
  expect(parseVectorIndexes('rows', json).size).toBe(count)
})

test.each([
  ['one dimension', [index({ dimensions: 1 })], 'rows.by_vector has 1 dimensions; a whole number from 2 to 4096'],
  ['too many dimensions', [index({ dimensions: 4097 })], 'has 4097 dimensions; a whole number from 2 to 4096'],
  ['half a dimension', [index({ dimensions: 2.5 })], 'has 2.5 dimensions'],
  ['no dimensions', [index({ dimensions: null })], 'has null dimensions'],
  ['too many filter fields', [index({ filterFields: fields(17) })], 'rows.by_vector has more than 16 filter fields.'],
  ['no field', [index({ vectorField: null })], 'schema.ts defines a broken vector index'],
  ['one name twice', [index(), index({ dimensions: 3 })], 'Table rows has two vector indexes "by_vector".'],
  [
    'five indexes',
    [1, 2, 3, 4, 5].map((number) => index({ indexDescriptor: `by_${number}` })),
    'Table rows has more than 4 vector indexes.',
  ],
])('%s may not be', (_name, json, message) => {
  expect(() => parseVectorIndexes('rows', json)).toThrow(message)
})
