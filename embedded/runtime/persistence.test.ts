import { mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { openEngine } from '../fixtures/open-engine.ts'

test('documents, ids and timestamps outlive the engine', async () => {
  const first = await openEngine()
  const id = await first.write('notes:add', { topic: 'a', rank: 1, text: 'kept' })
  const ts = first.engine.latestTs()
  await using second = await first.reopen()
  expect(second.engine.latestTs()).toBeGreaterThanOrEqual(ts)
  expect(await second.read('notes:get', { id })).toMatchObject({ _id: id, text: 'kept' })
  await second.write('notes:add', { topic: 'a', rank: 2 })
  expect(second.engine.latestTs()).toBeGreaterThan(ts)
  expect(await second.read('notes:ofTopic', { topic: 'a', take: 9, order: 'desc' })).toEqual([2, 1])
})

test('timestamps go on increasing after the data was wiped', async () => {
  let observed = 0n
  {
    await using before = await openEngine()
    await before.write('notes:add', { topic: 'a', rank: 1 })
    observed = before.engine.latestTs()
  }
  await using after = await openEngine()
  expect(after.engine.latestTs()).toBeGreaterThanOrEqual(observed)
})

test('a repeated request runs once, also after a restart; a failed one is not recorded', async () => {
  const first = await openEngine()
  const session = { sessionId: 'session', requestId: 7 }
  const add = { path: 'notes:add', args: { topic: 'a', rank: 1 }, identity: null, session }
  const original = await first.engine.mutation(add)
  expect(await first.engine.mutation(add)).toEqual(original)
  await using second = await first.reopen()
  expect(await second.engine.mutation(add)).toEqual(original)
  expect(await second.read('notes:ofTopic', { topic: 'a', take: 9 })).toEqual([1])

  const failing = {
    ...add,
    path: 'notes:refuse',
    args: { topic: 'a' },
    session: { sessionId: 'session', requestId: 8 },
  }
  expect((await second.engine.mutation(failing)).outcome.ok).toBe(false)
  expect((await second.engine.mutation({ ...add, session: failing.session })).outcome.ok).toBe(true)
})

test('a folder belongs to one engine at a time and to one person', async () => {
  await using app = await openEngine()
  await expect(openEngine({ dataDir: app.dataDir })).rejects.toThrow(/is in use by another engine/)
  expect(statSync(app.dataDir).mode & 0o777).toBe(0o700)
  for (const file of ['data.sqlite', 'data.sqlite-wal', 'lock.sqlite']) {
    expect(statSync(join(app.dataDir, file)).mode & 0o777).toBe(0o600)
  }
})

test('what is no database is refused with a sentence and left as it is', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'engine-test-'))
  const file = join(dataDir, 'data.sqlite')
  writeFileSync(file, 'not a database, and longer than a header of one hundred bytes '.repeat(10))
  const { size } = statSync(file)
  await expect(openEngine({ dataDir })).rejects.toThrow(/cannot be opened/)
  expect(statSync(file).size).toBe(size)
  rmSync(dataDir, { recursive: true })
})

test('a changed schema adds and fills indexes, and refuses documents that do not fit', async () => {
  const projectDir = mkdtempSync(join(tmpdir(), 'engine-test-'))
  symlinkSync(fileURLToPath(new URL('../../node_modules', import.meta.url)), join(projectDir, 'node_modules'))
  try {
    mkdirSync(join(projectDir, 'convex'))
    writeFileSync(join(projectDir, 'convex', 'rows.ts'), rowsModule)
    const schema = (table: string) =>
      writeFileSync(
        join(projectDir, 'convex', 'schema.ts'),
        `import { defineSchema, defineTable } from 'convex/server'\nimport { v } from 'convex/values'\n` +
          `export default defineSchema({ rows: ${table} })\n`,
      )
    schema(`defineTable({ name: v.string() })`)
    let app = await openEngine({ projectDir })
    for (const name of ['c', 'a', 'b']) await app.write('rows:add', { name })
    await expect(app.read('rows:sorted')).rejects.toThrow('Index rows.by_name not found.')

    schema(`defineTable({ name: v.string() }).index('by_name', ['name'])`)
    app = await app.reopen()
    expect(await app.read('rows:sorted')).toEqual(['a', 'b', 'c'])

    schema(`defineTable({ name: v.string(), size: v.number() }).index('by_name', ['name'])`)
    await expect(app.reopen()).rejects.toThrow(/3 documents do not match.*missing the required field `size`/s)

    schema(`defineTable({ name: v.string(), size: v.optional(v.number()) }).index('by_name', ['size', 'name'])`)
    await using last = await openEngine({ projectDir, dataDir: app.dataDir })
    await expect(last.read('rows:sorted')).resolves.toEqual(['a', 'b', 'c'])
  } finally {
    rmSync(projectDir, { recursive: true, force: true })
  }
})

test('a changed schema adds, fills and drops search indexes; they outlive the engine', async () => {
  const projectDir = mkdtempSync(join(tmpdir(), 'engine-test-'))
  symlinkSync(fileURLToPath(new URL('../../node_modules', import.meta.url)), join(projectDir, 'node_modules'))
  try {
    mkdirSync(join(projectDir, 'convex'))
    writeFileSync(join(projectDir, 'convex', 'rows.ts'), searchModule)
    const schema = (search: string) =>
      writeFileSync(
        join(projectDir, 'convex', 'schema.ts'),
        `import { defineSchema, defineTable } from 'convex/server'\nimport { v } from 'convex/values'\n` +
          `export default defineSchema({ rows: defineTable({ name: v.string(), kind: v.string() })${search} })\n`,
      )
    schema('')
    let app = await openEngine({ projectDir })
    await app.write('rows:addMany', { count: 600, kind: 'old' })
    await expect(app.read('rows:find', { words: 'row' })).rejects.toThrow('Index rows.by_name not found.')

    schema(`.searchIndex('by_name', { searchField: 'name' })`)
    app = await app.reopen()
    expect(await app.read('rows:find', { words: 'row 599' })).toContain('row 599 old')
    await expect(app.read('rows:find', { words: 'row', kind: 'new' })).rejects.toThrow('not in its `filterFields`')

    schema(`.searchIndex('by_name', { searchField: 'name', filterFields: ['kind'] })`)
    app = await app.reopen()
    await app.write('rows:addMany', { count: 2, kind: 'new' })
    app = await app.reopen()
    expect(await app.read('rows:find', { words: 'row', kind: 'new' })).toEqual(['row 1 new', 'row 0 new'])
    expect(await app.read('rows:find', { words: '7', kind: 'old' })).toContain('row 7 old')

    schema('')
    app = await app.reopen()
    await expect(app.read('rows:find', { words: 'row' })).rejects.toThrow('Index rows.by_name not found.')
    const { dataDir } = app
    await app.engine.close()
    const database = new DatabaseSync(join(dataDir, 'data.sqlite'))
    const count = (table: string) => database.prepare(`SELECT count(*) AS count FROM ${table}`).get()?.['count']
    expect([count('search_indexes'), count('search_segments'), count('search_pages')]).toEqual([0, 0, 0])
    database.close()
    rmSync(dataDir, { recursive: true })
  } finally {
    rmSync(projectDir, { recursive: true, force: true })
  }
})

test('the words of removed documents are gone from the file after the next start', async () => {
  const app = await openEngine()
  const passages = ['kept', 'kept too', 'kept as well', 'kept also', 'secretword'].map((text) => ({ text }))
  const ids = await app.write('passages:add', { passages })
  if (!Array.isArray(ids)) throw new TypeError('No ids')
  const pages = () => {
    const database = new DatabaseSync(join(app.dataDir, 'data.sqlite'), { readOnly: true })
    const rows = database.prepare('SELECT data FROM search_pages').all()
    database.close()
    return rows.map((row) => Buffer.from(row['data'] instanceof Uint8Array ? row['data'] : []).toString()).join()
  }
  await app.write('passages:remove', { id: ids.at(-1) ?? null })
  expect(await app.read('passages:find', { words: 'secretword' })).toEqual([])
  await using again = await app.reopen()
  expect(pages()).not.toContain('secretword')
  expect(await again.read('passages:find', { words: 'kept' })).toHaveLength(4)
})

test('data of the layout before search indexes is taken over', async () => {
  const first = await openEngine()
  await first.write('passages:add', { passages: [{ text: 'from before' }] })
  await first.engine.close()
  const database = new DatabaseSync(join(first.dataDir, 'data.sqlite'))
  database.exec(
    'DROP TABLE search_indexes; DROP TABLE search_segments; DROP TABLE search_pages; PRAGMA user_version = 1',
  )
  database.close()
  await using second = await openEngine({ dataDir: first.dataDir })
  expect(await second.read('passages:find', { words: 'before' })).toEqual(['from before'])
})

const searchModule = `
import { mutationGeneric, queryGeneric } from 'convex/server'
export const addMany = mutationGeneric(async (ctx, { count, kind }) => {
  for (let row = 0; row < count; row++) await ctx.db.insert('rows', { name: 'row ' + row + ' ' + kind, kind })
})
export const find = queryGeneric(async (ctx, { words, kind }) => {
  const found = await ctx.db
    .query('rows')
    .withSearchIndex('by_name', (q) => {
      const search = q.search('name', words)
      return kind === undefined ? search : search.eq('kind', kind)
    })
    .take(1000)
  return found.map(({ name }) => name)
})
`

const rowsModule = `
import { mutationGeneric, queryGeneric } from 'convex/server'
export const add = mutationGeneric(async (ctx, row) => await ctx.db.insert('rows', row))
export const sorted = queryGeneric(async (ctx) =>
  (await ctx.db.query('rows').withIndex('by_name').collect()).map(({ name }) => name))
`
