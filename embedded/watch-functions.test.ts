import { cpSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ConvexClient } from 'convex/browser'
import { makeFunctionReference } from 'convex/server'
import { expect, test, vi } from 'vitest'
import { temporaryFolder } from './fixtures/temporary-folder.ts'
import { startEngine, type RunningEngine } from './testing.ts'

const query = (name: string) => makeFunctionReference<'query', Record<string, unknown>, unknown>(name)
const mutation = (name: string) => makeFunctionReference<'mutation', Record<string, unknown>, unknown>(name)
const action = (name: string) => makeFunctionReference<'action', Record<string, unknown>, unknown>(name)

/** A project that an engine watches, with one subscriber to `rows:list`. */
async function watched() {
  const folder = temporaryFolder()
  const projectDir = join(folder.path, 'project')
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(projectDir, path)), { recursive: true })
    writeFileSync(join(projectDir, path), text)
  }
  write('shared/name.ts', `export const name = 'first'`)
  write('convex/rows.ts', rows(`rows.map(({ text }) => name + ': ' + text)`))
  write('convex/schema.ts', schema(`defineTable({ text: v.string() })`))
  symlinkSync(fileURLToPath(new URL('../node_modules', import.meta.url)), join(projectDir, 'node_modules'))
  const engine = await startEngine({ projectDir, dataDir: join(folder.path, 'data'), watch: true })
  const client = new ConvexClient(engine.url, { logger: false })
  const results: unknown[] = []
  client.onUpdate(query('rows:list'), {}, (value) => results.push(value))
  await client.mutation(mutation('rows:add'), { text: 'row' })
  return {
    projectDir,
    engine,
    client,
    results,
    write,
    async [Symbol.asyncDispose]() {
      await client.close()
      await engine.kill()
      folder[Symbol.dispose]()
    },
  }
}

function rows(listed: string): string {
  return `
import { actionGeneric, makeFunctionReference, mutationGeneric, queryGeneric } from 'convex/server'
import { name } from '../shared/name.ts'
export const list = queryGeneric(async (ctx) => {
  const rows = await ctx.db.query('rows').collect()
  return ${listed}
})
export const add = mutationGeneric(async (ctx, { text }) => await ctx.db.insert('rows', { text }))
export const slow = actionGeneric(async (ctx) => {
  await ctx.runMutation(makeFunctionReference('rows:add'), { text: 'begun' })
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 20))
    const listed = await ctx.runQuery(makeFunctionReference('rows:list'), {})
    if (listed.length > 2) return name
  }
})
`
}

function schema(table: string): string {
  return `import { defineSchema, defineTable } from 'convex/server'
import { v } from 'convex/values'
export default defineSchema({ rows: ${table} })
`
}

async function logged(engine: RunningEngine, text: string | RegExp): Promise<void> {
  await vi.waitFor(() => expect(engine.stderr()).toMatch(text), { timeout: 60_000, interval: 20 })
}

const settled = { timeout: 60_000, interval: 20 }

/** A `convex.config.ts` that installs the component in the folder `tags`. */
const appWithTags = `import { defineApp } from 'convex/server'
import tags from '../tags/convex.config.js'
const app = defineApp()
app.use(tags)
export default app
`

test('a change is taken up by live queries on the same socket; a running action ends with its old code', async () => {
  await using app = await watched()
  const { client, results, write, engine } = app
  await vi.waitFor(() => expect(results.at(-1)).toEqual(['first: row']), settled)
  const { connectionCount } = client.connectionState()
  const slow = client.action(action('rows:slow'), {})
  await vi.waitFor(() => expect(results.at(-1)).toEqual(['first: row', 'first: begun']), settled)

  write('convex/rows.ts', rows(`rows.map(({ text }) => 'new ' + name + ' ' + text)`))
  await vi.waitFor(() => expect(results.at(-1)).toEqual(['new first row', 'new first begun']), settled)
  // A file that the functions import from elsewhere in the project.
  write('shared/name.ts', `export const name = 'second'`)
  await vi.waitFor(() => expect(results.at(-1)).toEqual(['new second row', 'new second begun']), settled)
  await client.mutation(mutation('rows:add'), { text: 'third' })
  expect(await slow).toBe('first')
  expect(client.connectionState().connectionCount).toBe(connectionCount)
  expect(engine.stderr()).not.toContain('the old ones stay')

  write('convex/more.ts', `import { queryGeneric } from 'convex/server'\nexport const one = queryGeneric(() => 1)`)
  await vi.waitFor(async () => expect(await client.query(query('more:one'), {})).toBe(1), settled)
  rmSync(join(app.projectDir, 'convex', 'more.ts'))
  await vi.waitFor(() => expect(client.query(query('more:one'), {})).rejects.toThrow(/Could not find/), settled)
})

test('code and schemas that cannot be used are told in the log, and the old ones stay', async () => {
  await using app = await watched()
  const { client, results, write, engine } = app
  const text = `rows.map(({ text }) => name + ': ' + text)`
  write('convex/rows.ts', rows(`rows.map((`))
  await logged(engine, /the old ones stay: Build failed[^]*rows\.ts/)
  write('convex/rows.ts', `${rows(text)}\nthrow new Error('not while loading')`)
  await logged(engine, /the old ones stay: not while loading/)
  write('convex/rows.ts', rows(text))
  write('convex/schema.ts', schema(`defineTable({ text: v.number() })`))
  await logged(engine, /the old ones stay: Schema validation failed: 1 documents do not match the schema \(rows: 1\)/)
  await client.mutation(mutation('rows:add'), { text: 'still' })
  await vi.waitFor(() => expect(results.at(-1)).toEqual(['first: row', 'first: still']), settled)

  write('convex/schema.ts', schema(`defineTable({ text: v.string() }).index('by_text', ['text'])`))
  write(
    'convex/rows.ts',
    rows(`(await ctx.db.query('rows').withIndex('by_text').order('desc').collect()).map(({ text }) => text)`),
  )
  await vi.waitFor(() => expect(results.at(-1)).toEqual(['still', 'row']), settled)
  await client.mutation(mutation('rows:add'), { text: 'zuletzt' })
  await vi.waitFor(() => expect(results.at(-1)).toEqual(['zuletzt', 'still', 'row']), settled)
  expect(engine.stderr()).toMatch(/The schema changed: a back-up of the data before was made/)
})

test('generated files are no change', async () => {
  await using app = await watched()
  const { client, results, write, engine } = app
  write('convex/_generated/api.js', 'export const api = {}')
  write('convex/_generated/api.js', 'export const api = { }')
  // A change after it is one: had the generated files been taken up, there would be two.
  await new Promise((resolve) => setTimeout(resolve, 1_000))
  cpSync(join(app.projectDir, 'convex', 'rows.ts'), join(app.projectDir, 'convex', 'copy.ts'))
  await vi.waitFor(async () => expect(await client.query(query('copy:list'), {})).toEqual(results.at(-1)), settled)
  await logged(engine, /were loaded again/)
  expect(engine.stderr().match(/were loaded again/g)).toHaveLength(1)
})

test('a component that is installed meanwhile has its tables, and its actions; what lies in its folder is watched', async () => {
  await using app = await watched()
  const { client, results, write } = app
  await vi.waitFor(() => expect(results.at(-1)).toEqual(['first: row']), settled)
  const config = `import { defineComponent } from 'convex/server'
export default defineComponent('tags')
`
  const tags = (mark: string) => `
import { actionGeneric, mutationGeneric, queryGeneric } from 'convex/server'
export const add = mutationGeneric(async (ctx) => await ctx.db.insert('tags', {}))
export const count = queryGeneric(async (ctx) => '${mark}' + (await ctx.db.query('tags').collect()).length)
export const mark = actionGeneric(() => '${mark}')
`
  write('tags/convex.config.ts', config)
  write('tags/tags.ts', tags('#'))
  write(
    'convex/tagging.ts',
    `
import { actionGeneric, componentsGeneric, mutationGeneric, queryGeneric } from 'convex/server'
const { tags } = componentsGeneric().tags
export const add = mutationGeneric(async (ctx) => await ctx.runMutation(tags.add, {}))
export const mark = actionGeneric(async (ctx) => await ctx.runAction(tags.mark, {}))
export const ask = queryGeneric(async (ctx, { module }) => await ctx.runQuery(componentsGeneric().tags[module].count, {}))
`,
  )
  write('convex/convex.config.ts', appWithTags)
  write(
    'convex/rows.ts',
    `
import { componentsGeneric, queryGeneric } from 'convex/server'
export const list = queryGeneric(async (ctx) => await ctx.runQuery(componentsGeneric().tags.tags.count, {}))
`,
  )
  await vi.waitFor(() => expect(results.at(-1)).toBe('#0'), settled)
  await client.mutation(mutation('tagging:add'), {})
  await vi.waitFor(() => expect(results.at(-1)).toBe('#1'), settled)
  expect(await client.action(action('tagging:mark'), {})).toBe('#')
  write('tags/tags.ts', tags('tag '))
  await vi.waitFor(() => expect(results.at(-1)).toBe('tag 1'), settled)
  expect(await client.action(action('tagging:mark'), {})).toBe('tag ')

  // Files that are only added to its folder, and removed from it.
  const ask = async () => await client.query(query('tagging:ask'), { module: 'more' })
  await expect(ask()).rejects.toThrow(/Could not find public function/)
  write('tags/more.ts', tags('more '))
  await vi.waitFor(async () => expect(await ask()).toBe('more 1'), settled)
  rmSync(join(app.projectDir, 'tags', 'more.ts'))
  await vi.waitFor(() => expect(ask()).rejects.toThrow(/Could not find public function/), settled)
})

test('a component whose config was broken for a while is taken up again', async () => {
  await using app = await watched()
  const { client, write, engine } = app
  const config = (name: string) => `import { defineComponent } from 'convex/server'
export default defineComponent(${name})
`
  write('tags/convex.config.ts', config(`'tags'`))
  write('tags/tags.ts', `import { queryGeneric } from 'convex/server'\nexport const one = queryGeneric(() => 1)`)
  write('convex/convex.config.ts', appWithTags)
  write(
    'convex/tagging.ts',
    `
import { componentsGeneric, queryGeneric } from 'convex/server'
export const one = queryGeneric(async (ctx) => await ctx.runQuery(componentsGeneric().tags.tags.one, {}))
`,
  )
  await vi.waitFor(async () => expect(await client.query(query('tagging:one'), {})).toBe(1), settled)
  write('tags/convex.config.ts', config(`'tags`))
  await logged(engine, /the old ones stay: Build failed[^]*convex\.config\.ts/)
  write('tags/tags.ts', `import { queryGeneric } from 'convex/server'\nexport const one = queryGeneric(() => 2)`)
  write('tags/convex.config.ts', config(`'tags'`))
  await vi.waitFor(async () => expect(await client.query(query('tagging:one'), {})).toBe(2), settled)
})
