import { mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
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

const rowsModule = `
import { mutationGeneric, queryGeneric } from 'convex/server'
export const add = mutationGeneric(async (ctx, row) => await ctx.db.insert('rows', row))
export const sorted = queryGeneric(async (ctx) =>
  (await ctx.db.query('rows').withIndex('by_name').collect()).map(({ name }) => name))
`
