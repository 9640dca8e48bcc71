import { copyFileSync, existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { openEngine } from '../fixtures/open-engine.ts'
import { temporaryFolder } from '../fixtures/temporary-folder.ts'

const rowsModule = `
import { mutationGeneric, queryGeneric } from 'convex/server'
export const add = mutationGeneric(async (ctx, row) => await ctx.db.insert('rows', row))
export const count = queryGeneric(async (ctx) => (await ctx.db.query('rows').collect()).length)
`

function project(folder: string) {
  const projectDir = join(folder, 'project')
  mkdirSync(join(projectDir, 'convex'), { recursive: true })
  symlinkSync(fileURLToPath(new URL('../../node_modules', import.meta.url)), join(projectDir, 'node_modules'))
  writeFileSync(join(projectDir, 'convex', 'rows.ts'), rowsModule)
  const dataDir = join(folder, 'data')
  return {
    backups: () => (existsSync(join(dataDir, 'backups')) ? readdirSync(join(dataDir, 'backups')).toSorted() : []),
    /** Starts with a schema of these tables. */
    open: (tables: string) => {
      writeFileSync(
        join(projectDir, 'convex', 'schema.ts'),
        `import { defineSchema, defineTable } from 'convex/server'\nimport { v } from 'convex/values'\n` +
          `export default defineSchema({ ${tables} })\n`,
      )
      return openEngine({ projectDir, dataDir })
    },
  }
}

test('before data gets other indexes or another type, it is backed up; the newest three are kept', async () => {
  using folder = temporaryFolder()
  const { open, backups } = project(folder.path)
  const start = async (tables: string) => {
    const app = await open(tables)
    await app.engine.close()
    return app.log.filter((line) => line.includes('back-up'))
  }
  const plain = 'rows: defineTable({ name: v.string() })'
  // Nothing is lost of an empty store.
  expect(await start(plain)).toEqual([])
  expect(await start(`${plain}.index('by_name', ['name'])`)).toEqual([])
  const app = await open(plain)
  await app.write('rows:add', { name: 'kept' })
  await app.engine.close()
  // The same again, and a table more, change nothing that is there.
  expect(await start(plain)).toEqual([])
  expect(await start(`${plain}, more: defineTable({})`)).toEqual([])
  expect(backups()).toEqual([])

  const changes = [
    `${plain}.index('by_name', ['name'])`,
    plain,
    `${plain}.searchIndex('by_name', { searchField: 'name' })`,
    plain,
    'rows: defineTable({ name: v.optional(v.string()) })',
  ]
  const made: string[][] = []
  for (const tables of changes) {
    const [line = '', ...more] = await start(tables)
    expect(more).toEqual([])
    const [name = ''] = backups().slice(-1)
    expect(line).toContain(name)
    made.push(backups())
  }
  expect(made.map((names) => names.length)).toEqual([1, 2, 3, 3, 3])
  expect(made.at(-1)?.[0]).toBe(made.at(2)?.[2])
})

test('a back-up holds what was there before, and documents that do not fit make none', async () => {
  using folder = temporaryFolder()
  const { open, backups } = project(folder.path)
  const app = await open('rows: defineTable({ name: v.any() })')
  for (let row = 0; row < 30; row++) await app.write('rows:add', { name: row })
  await app.engine.close()
  const refused: unknown = await open('rows: defineTable({ name: v.string() })').catch((error: unknown) => error)
  expect(String(refused)).toMatch('Schema validation failed: 30 documents do not match the schema (rows: 30).\n')
  expect(String(refused).match(/Document with ID/g)).toHaveLength(10)
  expect(backups()).toEqual([])

  const next = await open('rows: defineTable({ name: v.number() })')
  await next.write('rows:add', { name: 31 })
  await next.engine.close()
  const [name = ''] = backups()
  mkdirSync(join(folder.path, 'data', 'taken'))
  copyFileSync(join(folder.path, 'data', 'backups', name), join(folder.path, 'data', 'taken', 'data.sqlite'))
  const before = await openEngine({
    projectDir: join(folder.path, 'project'),
    dataDir: join(folder.path, 'data', 'taken'),
  })
  expect(await before.read('rows:count')).toBe(30)
  await before.engine.close()
})
