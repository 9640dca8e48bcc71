import { afterEach, describe, expect, test, vi } from 'vitest'
import { openEngine, type OpenEngine } from '../fixtures/open-engine.ts'
import { temporaryProject, type TemporaryProject } from '../fixtures/temporary-project.ts'
import { waitUntil } from '../fixtures/wait-until.ts'

// An alias and not an interface: only that is comparable with JSON.
type Run = { name: string; ts: number; status: { kind: string; error?: string } }

const hourMs = 3_600_000
const start = Date.parse('2026-03-01T10:00:00Z')

const events = async (app: OpenEngine) => (await app.read('work:events')) as string[]
const rows = async (app: OpenEngine) =>
  (await app.read('work:crons')) as { _id: string; name: string; nextTs: number }[]
const runs = async (app: OpenEngine) => (await app.read('work:runs')) as Run[]
const kinds = async (app: OpenEngine) => (await runs(app)).map(({ name, status }) => `${name}: ${status.kind}`)
const runsAre = (count: number) => (all: readonly unknown[]) => all.length >= count

function project(crons: string): TemporaryProject {
  return temporaryProject({ 'work.ts': workModule, 'crons.ts': cronsModule(crons) })
}

/** The clock stands, or is set by the test; timers go on. */
function setClock(ms: number): void {
  vi.useFakeTimers({ toFake: ['Date'], now: ms })
}

afterEach(() => {
  vi.useRealTimers()
})

test('of one cron never two runs go on at once, while others keep their time; what is missed is left out', async () => {
  using app = project(`
    crons.interval('beat', { seconds: 1 }, tick, { name: 'beat' })
    crons.interval('slow', { seconds: 1 }, slow, { name: 'slow', beats: 3 })`)
  await using engine = await openEngine({ projectDir: app.projectDir })
  const names = await waitUntil(
    () => events(engine),
    (all) => all.filter((name) => name === 'slow ended').length >= 2,
  )
  expect(names.filter((name) => name !== 'beat').slice(0, 4)).toEqual([
    'slow began',
    'slow ended',
    'slow began',
    'slow ended',
  ])
  const all = await waitUntil(() => kinds(engine), runsAre(5 + 4))
  expect(all.filter((run) => run.startsWith('beat'))).toHaveLength(5)
  expect(all).toEqual(expect.arrayContaining(['slow: success', 'slow: canceled']))
  expect(engine.log.join('\n')).toMatch(/The cron job 'slow' missed its runs since .*the next one is at/)
})

test('a run waits for its time', async () => {
  const due = Date.parse('2026-03-02T03:30:00Z')
  setClock(due - 30)
  using app = project(`crons.daily('nightly', { hourUTC: 3, minuteUTC: 30 }, tick, { name: 'night' })`)
  await using engine = await openEngine({ projectDir: app.projectDir })
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect(await rows(engine)).toMatchObject([{ name: 'nightly', nextTs: due }])
  expect(await events(engine)).toEqual([])
  setClock(due + 10)
  await waitUntil(() => runs(engine), runsAre(1))
  expect(await events(engine)).toEqual(['night'])
  expect(await runs(engine)).toMatchObject([{ name: 'nightly', ts: due, status: { kind: 'success' } }])
  expect(await rows(engine)).toMatchObject([{ nextTs: due + 24 * hourMs }])
})

test('runs that were due while no engine ran are made up for by one', async () => {
  setClock(start)
  using app = project(`crons.interval('hourly', { hours: 1 }, tick, { name: 'hour' })`)
  const first = await openEngine({ projectDir: app.projectDir })
  await waitUntil(() => runs(first), runsAre(1))
  await first.engine.close()
  setClock(start + 10.5 * hourMs)
  await using second = await openEngine({ projectDir: app.projectDir, dataDir: first.dataDir })
  await waitUntil(() => runs(second), runsAre(3))
  expect(await events(second)).toEqual(['hour', 'hour'])
  expect(await runs(second)).toMatchObject([
    { ts: start, status: { kind: 'success' } },
    { ts: start + hourMs, status: { kind: 'success' } },
    { ts: start + 2 * hourMs, status: { kind: 'canceled' } },
  ])
  expect(await rows(second)).toMatchObject([{ nextTs: start + 11 * hourMs }])
})

test('a cron keeps its row by name; another schedule takes effect, other arguments change no time', async () => {
  setClock(start)
  using app = project(`
    crons.cron('kept', '15 7 * * *', tick, { name: 'kept' })
    crons.hourly('gone', { minuteUTC: 5 }, tick, { name: 'gone' })`)
  let engine = await openEngine({ projectDir: app.projectDir })
  const before = await rows(engine)
  expect(before.map(({ name }) => name)).toEqual(['gone', 'kept'])
  const id = before[1]?._id
  engine = await engine.reopen()
  expect(await rows(engine)).toEqual(before)

  setClock(start + 1_000)
  app.write('crons.ts', cronsModule(`crons.cron('kept', '15 7 * * *', tick, { name: 'other' })`))
  engine = await engine.reopen()
  expect(await rows(engine)).toMatchObject([{ _id: id, name: 'kept', nextTs: Date.parse('2026-03-02T07:15Z') }])
  expect(engine.log).toContain('Crons: 0 added, 1 changed, 1 removed')

  app.write('crons.ts', cronsModule(`crons.cron('kept', '30 23 * * *', tick, { name: 'other' })`))
  engine = await engine.reopen()
  expect(await rows(engine)).toMatchObject([{ _id: id, name: 'kept', nextTs: Date.parse('2026-03-01T23:30Z') }])

  app.write('crons.ts', cronsModule(`crons.interval('kept', { hours: 1 }, tick, { name: 'other' })`))
  engine = await engine.reopen()
  await waitUntil(() => runs(engine), runsAre(1))
  expect(await events(engine)).toEqual(['other'])

  app.write('crons.ts', null)
  await using last = await engine.reopen()
  expect(await rows(last)).toEqual([])
  expect(await runs(last)).toEqual([])
})

test('a mutation that fails is rolled back, keeps its error, and has its next run', async () => {
  setClock(start)
  using app = project(`crons.interval('failing', { minutes: 10 }, fails)`)
  await using engine = await openEngine({ projectDir: app.projectDir })
  await waitUntil(() => runs(engine), runsAre(1))
  expect(await runs(engine)).toMatchObject([
    { name: 'failing', status: { kind: 'err', error: 'Uncaught Error: as planned' } },
  ])
  expect(await events(engine)).toEqual([])
  expect(await rows(engine)).toMatchObject([{ nextTs: start + 600_000 }])
})

test('an action that was interrupted is told as failed and runs again at its next time only', async () => {
  setClock(start)
  using app = project(`crons.interval('slow', { hours: 1 }, slow, { name: 'slow', beats: 1 })`)
  const first = await openEngine({ projectDir: app.projectDir })
  await waitUntil(() => events(first), runsAre(1))
  await using second = await first.reopen()
  await waitUntil(() => runs(second), runsAre(1))
  expect(await runs(second)).toMatchObject([
    { ts: start, status: { kind: 'err', error: 'Transient error while executing action' } },
  ])
  expect(await rows(second)).toMatchObject([{ nextTs: start + hourMs }])
  expect(await events(second)).toEqual(['slow began'])
})

test('a component has crons of its own, which go with it', async () => {
  setClock(start)
  const appCron = `crons.interval('beat', { hours: 1 }, tick, { name: 'of the app' })`
  const componentCron = `crons.interval('beat', { minutes: 10 }, tick, { name: 'of the component' })`
  using app = temporaryProject({
    'work.ts': workModule,
    'inner.ts': innerModule,
    'crons.ts': cronsModule(appCron),
    'convex.config.ts': appConfig(`app.use(inner)`),
    'inner/convex.config.ts': innerConfig,
    'inner/work.ts': workModule,
    'inner/crons.ts': cronsModule(componentCron),
  })
  const inside = async (engine: OpenEngine, name: string) => await engine.read('inner:read', { name })
  let engine = await openEngine({ projectDir: app.projectDir })
  await waitUntil(() => runs(engine), runsAre(1))
  await waitUntil(async () => (await inside(engine, 'runs')) as Run[], runsAre(1))
  expect(await events(engine)).toEqual(['of the app'])
  expect(await inside(engine, 'events')).toEqual(['of the component'])
  expect(await rows(engine)).toMatchObject([{ name: 'beat', nextTs: start + hourMs }])
  expect(await inside(engine, 'runs')).toMatchObject([{ name: 'beat', ts: start, udfPath: 'work.js:tick' }])
  const before = (await inside(engine, 'crons')) as { _id: string }[]
  expect(before).toMatchObject([{ name: 'beat', nextTs: start + 600_000 }])

  app.write('inner/crons.ts', cronsModule(componentCron.replace('minutes: 10', 'minutes: 20')))
  engine = await engine.reopen()
  expect(engine.log).toContain('Crons: 0 added, 1 changed, 0 removed')
  expect(await inside(engine, 'crons')).toMatchObject([{ _id: before[0]?._id, name: 'beat' }])

  app.write('convex.config.ts', appConfig(''))
  engine = await engine.reopen()
  expect(engine.log).toContain('Crons: 0 added, 0 changed, 1 removed')
  app.write('convex.config.ts', appConfig(`app.use(inner)`))
  app.write('inner/crons.ts', null)
  await using last = await engine.reopen()
  expect(await inside(last, 'crons')).toEqual([])
  expect(await inside(last, 'runs')).toEqual([])
  expect(await rows(last)).toMatchObject([{ name: 'beat', nextTs: start + hourMs }])
})

test('a component’s action is run by its cron, with the component’s data', async () => {
  using app = temporaryProject({
    'inner.ts': innerModule,
    'convex.config.ts': appConfig(`app.use(inner)`),
    'inner/convex.config.ts': innerConfig,
    'inner/work.ts': workModule,
    'inner/crons.ts': cronsModule(`crons.interval('slow', { hours: 1 }, slow, { name: 'slow', beats: 0 })`),
  })
  await using engine = await openEngine({ projectDir: app.projectDir })
  const names = await waitUntil(
    async () => (await engine.read('inner:read', { name: 'events' })) as string[],
    runsAre(2),
  )
  expect(names).toEqual(['slow began', 'slow ended'])
})

describe('an engine does not start with', () => {
  test.each([
    [
      'a function that does not exist',
      `crons.interval('lost', { hours: 1 }, f('work:nothing'))`,
      "The cron job 'lost' schedules a function that does not exist: work:nothing",
    ],
    [
      'a query',
      `crons.interval('asks', { hours: 1 }, f('work:events'))`,
      "The cron job 'asks' schedules a query function, only actions and mutations can be scheduled: work:events",
    ],
    [
      'cron syntax that cannot be read',
      `crons.cron('odd', 'every day', tick, { name: 'x' })`,
      `The cron job 'odd' has a schedule that cannot be kept: "every day": it must have five fields`,
    ],
    [
      'a day that never comes',
      `crons.cron('never', '0 0 30 2 *', tick, { name: 'x' })`,
      `The cron job 'never' has a schedule that cannot be kept: "0 0 30 2 *": it never comes.`,
    ],
  ])('a cron of %s', async (_name, crons, message) => {
    using app = project(crons)
    await expect(openEngine({ projectDir: app.projectDir })).rejects.toThrow(message)
  })

  test('a cron of a component that names a function of the app', async () => {
    using app = temporaryProject({
      'work.ts': workModule,
      'convex.config.ts': appConfig(`app.use(inner)`),
      'inner/convex.config.ts': innerConfig,
      'inner/crons.ts': cronsModule(`crons.interval('lost', { hours: 1 }, tick, { name: 'x' })`),
    })
    await expect(openEngine({ projectDir: app.projectDir })).rejects.toThrow(
      "The cron job 'lost' of the component 'inner' schedules a function that does not exist: work:tick",
    )
  })

  test('a crons.ts that exports no crons', async () => {
    using app = temporaryProject({ 'work.ts': workModule, 'crons.ts': 'export default {}' })
    await expect(openEngine({ projectDir: app.projectDir })).rejects.toThrow(
      'crons.ts must export what cronJobs() gave as default.',
    )
  })
})

function cronsModule(body: string): string {
  return `
import { cronJobs, makeFunctionReference as f } from 'convex/server'
const [tick, slow, fails] = [f('work:tick'), f('work:slow'), f('work:fails')]
const crons = cronJobs()
${body}
export default crons
`
}

function appConfig(body: string): string {
  return `
import { defineApp } from 'convex/server'
import inner from './inner/convex.config.ts'
const app = defineApp()
${body}
export default app
`
}

const innerConfig = `
import { defineComponent } from 'convex/server'
export default defineComponent('inner')
`

const innerModule = `
import { componentsGeneric, queryGeneric } from 'convex/server'
export const read = queryGeneric((ctx, { name }) => ctx.runQuery(componentsGeneric().inner.work[name], {}))
`

const workModule = `
import { internalActionGeneric, internalMutationGeneric, makeFunctionReference, queryGeneric } from 'convex/server'
export const tick = internalMutationGeneric((ctx, { name }) => ctx.db.insert('events', { name }))
export const fails = internalMutationGeneric(async (ctx) => {
  await ctx.db.insert('events', { name: 'never' })
  throw new Error('as planned')
})
/** Goes on until there were so many beats. */
export const slow = internalActionGeneric(async (ctx, { name, beats }) => {
  const beat = async () => (await ctx.runQuery(makeFunctionReference('work:events'))).filter((event) => event === 'beat')
  const most = (await beat()).length + beats
  await ctx.runMutation(makeFunctionReference('work:tick'), { name: name + ' began' })
  while ((await beat()).length < most) await new Promise((resolve) => setTimeout(resolve, 20))
  await ctx.runMutation(makeFunctionReference('work:tick'), { name: name + ' ended' })
})
export const events = queryGeneric(async (ctx) => (await ctx.db.query('events').collect()).map(({ name }) => name))
export const crons = queryGeneric((ctx) => ctx.db.system.query('_cron_jobs').withIndex('by_name').collect())
export const runs = queryGeneric((ctx) => ctx.db.system.query('_cron_job_logs').withIndex('by_name_and_ts').collect())
`
