import { ConvexHttpClient } from 'convex/browser'
import { makeFunctionReference } from 'convex/server'
import { expect, onTestFinished, test } from 'vitest'
import { temporaryProject } from './fixtures/temporary-project.ts'
import { startEngine, type StartEngineOptions } from './testing.ts'

const functions = `
import { internalMutationGeneric, makeFunctionReference, mutationGeneric, queryGeneric } from 'convex/server'
export const now = queryGeneric({ args: {}, handler: () => Date.now() })
export const hold = mutationGeneric({
  args: {},
  handler: async (ctx) => {
    await ctx.scheduler.runAfter(0, makeFunctionReference('clock:nothing'), {})
    return Date.now()
  },
})
export const born = mutationGeneric({
  args: {},
  handler: async (ctx) => (await ctx.db.get(await ctx.db.insert('documents', {})))._creationTime - Date.now(),
})
export const nothing = internalMutationGeneric({ args: {}, handler: () => null })
export const jobs = queryGeneric({
  args: {},
  handler: async (ctx) => (await ctx.db.system.query('_scheduled_functions').collect()).map(({ state }) => state.kind),
})
`

const now = makeFunctionReference<'query', Record<string, never>, number>('clock:now')
const hold = makeFunctionReference<'mutation', Record<string, never>, number>('clock:hold')
const born = makeFunctionReference<'mutation', Record<string, never>, number>('clock:born')
const jobs = makeFunctionReference<'query', Record<string, never>, string[]>('clock:jobs')

async function start(options: Partial<StartEngineOptions>) {
  const project = temporaryProject({ 'clock.ts': functions })
  const engine = await startEngine({ projectDir: project.projectDir, ...options })
  onTestFinished(async () => {
    await engine.kill()
    project[Symbol.dispose]()
  })
  return { engine, client: new ConvexHttpClient(engine.url) }
}

const move = async (url: string, adminKey: string, body: object) =>
  await fetch(`${url}/api/embedded/clock`, {
    method: 'POST',
    headers: { authorization: `Convex ${adminKey}` },
    body: JSON.stringify(body),
  })

test('a manual clock stands still until the admin moves it on, and schedules wait', async () => {
  const { engine, client } = await start({ manualClock: true, parallelJobs: 0 })
  const first = await client.query(now, {})
  expect(await client.mutation(hold, {})).toBe(first)
  expect(await client.mutation(born, {})).toBeCloseTo(0, 1)
  expect(await engine.advance(90_000)).toBe(first + 90_000)
  expect(await client.query(now, {})).toBe(first + 90_000)
  expect(await client.mutation(born, {})).toBe(0)
  expect(await client.query(jobs, {})).toEqual(['pending'])

  expect((await move(engine.url, 'embedded|wrong', { advanceMs: 1 })).status).toBe(401)
  for (const body of [{}, { advanceMs: -1 }, { advanceMs: '1' }]) {
    expect((await move(engine.url, engine.adminKey, body)).status).toBe(400)
  }
  expect(await client.query(now, {})).toBe(first + 90_000)
})

test.each([
  ['the machine’s', {}],
  ['guarded', { manualClock: true, requireAuth: true }],
])('a clock that is %s cannot be moved', async (_name, options) => {
  const { engine } = await start(options)
  expect((await move(engine.url, engine.adminKey, { advanceMs: 1 })).status).toBe(404)
})
