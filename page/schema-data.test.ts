// @vitest-environment happy-dom
import { expect, test } from 'vitest'
import { schemaData, schemaTypes } from './schema-data.ts'

const product = '{"@type": "Product", "offers": {"@type":"Offer"}}'

test('reads the JSON-LD of a page, and no other script', () => {
  document.documentElement.innerHTML = `<head><script type="application/ld+json">${product}</script></head><body><script type="application/json">{}</script></body>`
  expect(schemaData(document)).toEqual([product])
})

test('stops where a page has more than any needs', () => {
  const long = `"${'x'.repeat(400_000)}"`
  document.documentElement.innerHTML = `<head></head><body>${`<script type="application/ld+json">${long}</script>`.repeat(3)}</body>`
  expect(schemaData(document)).toEqual([long])
})

test.each<[schema: string[], types: string[]]>([
  [[product], ['Product', 'Offer']],
  [['not JSON "@type":"Article"', '[{"@type":"Article"}]'], ['Article']],
  [[], []],
])('types of %j', (schema, types) => {
  expect([...schemaTypes(schema)]).toEqual(types)
})
