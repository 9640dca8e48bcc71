import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openEngine, type OpenEngine } from '../fixtures/open-engine.ts'

/** A project whose schema changes between two starts on the same data. */
let projectDir: string
let app: OpenEngine | undefined
beforeEach(() => {
  projectDir = mkdtempSync(join(tmpdir(), 'engine-test-'))
  symlinkSync(fileURLToPath(new URL('../../node_modules', import.meta.url)), join(projectDir, 'node_modules'))
  mkdirSync(join(projectDir, 'convex'))
  writeFileSync(join(projectDir, 'convex', 'rows.ts'), rowsModule)
})
afterEach(async () => {
  await app?.[Symbol.asyncDispose]()
  app = undefined
  rmSync(projectDir, { recursive: true, force: true })
})

async function start(tables: string): Promise<OpenEngine> {
  writeFileSync(
    join(projectDir, 'convex', 'schema.ts'),
    `import { defineSchema, defineTable } from 'convex/server'\nimport { v } from 'convex/values'\n` +
      `const row = () => defineTable({ name: v.string(), kind: v.string(), vector: v.array(v.float64()) })\n` +
      `export default defineSchema({ ${tables} })\n`,
  )
  app = app === undefined ? await openEngine({ projectDir }) : await app.reopen()
  return app
}

async function find(index: string, args: { vector: number[]; kind?: string }) {
  const [table = '', name = ''] = index.split('.')
  const outcome = await app?.engine.action({ path: 'rows:find', args: { table, name, ...args }, identity: null })
  return outcome?.ok === true ? outcome.value : outcome?.errorMessage
}

const byVector = (name: string, dimensions: number, filterFields: string[] = []) =>
  `.vectorIndex('${name}', ${JSON.stringify({ vectorField: 'vector', dimensions, filterFields })})`

const rows = [
  { name: 'a', kind: 'x', vector: [1, 0] },
  { name: 'b', kind: 'y', vector: [1, 1] },
  { name: 'c', kind: 'x', vector: [0, 1, 0] },
]
const missing = (index: string, table: string) =>
  `Uncaught Error: Cannot use vector index "${index}" for table "${table}" because it is not declared in the schema.`

test('a vector index that comes later holds the documents that were there, and goes again', async () => {
  await (await start('rows: row()')).write('rows:add', { table: 'rows', rows })
  expect(await find('rows.by_vector', { vector: [1, 0] })).toBe(missing('by_vector', 'rows'))
  await start(`rows: row()${byVector('by_vector', 2)}`)
  expect(await find('rows.by_vector', { vector: [1, 0] })).toEqual(['a', 'b'])
  await start('rows: row()')
  expect(await find('rows.by_vector', { vector: [1, 0] })).toBe(missing('by_vector', 'rows'))
})

test('an index under a new name, with other dimensions or other filter fields holds what fits it now', async () => {
  const first = await start(`rows: row()${byVector('by_vector', 2)}`)
  await first.write('rows:add', { table: 'rows', rows })
  expect(await find('rows.by_vector', { vector: [0, 1], kind: 'x' })).toMatch('filters by "kind"')
  await start(`rows: row()${byVector('renamed', 2, ['kind'])}`)
  expect(await find('rows.by_vector', { vector: [1, 0] })).toBe(missing('by_vector', 'rows'))
  expect(await find('rows.renamed', { vector: [0, 1], kind: 'x' })).toEqual(['a'])
  await start(`rows: row()${byVector('renamed', 3, ['kind'])}`)
  expect(await find('rows.renamed', { vector: [0, 1, 0], kind: 'x' })).toEqual(['c'])
})

test('a table under a new name has its own documents', async () => {
  const first = await start(`rows: row()${byVector('by_vector', 2)}`)
  await first.write('rows:add', { table: 'rows', rows })
  expect(await find('rows.by_vector', { vector: [1, 0] })).toEqual(['a', 'b'])
  const second = await start(`lines: row()${byVector('by_vector', 2)}`)
  expect(await find('lines.by_vector', { vector: [1, 0] })).toEqual([])
  await second.write('rows:add', { table: 'lines', rows: [{ name: 'd', kind: 'x', vector: [0, 1] }] })
  expect(await find('lines.by_vector', { vector: [1, 0] })).toEqual(['d'])
  expect(await find('rows.by_vector', { vector: [1, 0] })).toBe(missing('by_vector', 'rows'))
  await start(`rows: row()${byVector('by_vector', 2)}, lines: row()`)
  expect(await find('rows.by_vector', { vector: [1, 0] })).toEqual(['a', 'b'])
})

test('indexes of one table and of several are apart', async () => {
  const tables = `rows: row()${byVector('short', 2)}${byVector('long', 3)}, lines: row()${byVector('short', 2)}`
  const first = await start(tables)
  await first.write('rows:add', { table: 'rows', rows })
  await first.write('rows:add', { table: 'lines', rows: rows.slice(1) })
  expect(await find('rows.short', { vector: [1, 0] })).toEqual(['a', 'b'])
  expect(await find('rows.long', { vector: [1, 0, 0] })).toEqual(['c'])
  expect(await find('lines.short', { vector: [1, 0] })).toEqual(['b'])
})

test('an index beyond what Convex allows ends the start with a sentence', async () => {
  await expect(start(`rows: row()${byVector('by_vector', 5000)}`)).rejects.toThrow(
    'The vector index rows.by_vector has 5000 dimensions; a whole number from 2 to 4096 is needed.',
  )
})

const rowsModule = `
import { actionGeneric, makeFunctionReference, mutationGeneric, queryGeneric } from 'convex/server'
export const add = mutationGeneric(async (ctx, { table, rows }) => {
  for (const row of rows) await ctx.db.insert(table, row)
})
export const names = queryGeneric(async (ctx, { ids }) => {
  const rows = []
  for (const id of ids) rows.push((await ctx.db.get(id)).name)
  return rows
})
export const find = actionGeneric(async (ctx, { table, name, vector, kind }) => {
  const filter = kind === undefined ? {} : { filter: (q) => q.eq('kind', kind) }
  const found = await ctx.vectorSearch(table, name, { vector, ...filter })
  return await ctx.runQuery(makeFunctionReference('rows:names'), { ids: found.map(({ _id }) => _id) })
})
`
