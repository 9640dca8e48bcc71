import { rm } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { ConvexHttpClient } from 'convex/browser'
import { makeFunctionReference } from 'convex/server'
import { afterEach, expect, test } from 'vitest'
import { waitUntil } from './fixtures/wait-until.ts'
import { startEngine, type RunningEngine } from './testing.ts'

const projectDir = fileURLToPath(new URL('./fixtures/app', import.meta.url))
const query = (name: string) => makeFunctionReference<'query', Record<string, unknown>, unknown>(name)
const mutation = (name: string) => makeFunctionReference<'mutation', Record<string, unknown>, unknown>(name)

interface Job {
  readonly name: string
  readonly state: { readonly kind: string; readonly error?: string }
}

const engines: RunningEngine[] = []
afterEach(async () => {
  for (const engine of engines.splice(0)) {
    await engine.kill()
    await rm(engine.dataDir, { recursive: true, force: true })
  }
})

async function start(dataDir?: string): Promise<RunningEngine & { readonly client: ConvexHttpClient }> {
  const engine = await startEngine({ projectDir, parallelJobs: 8, ...(dataDir !== undefined && { dataDir }) })
  engines.push(engine)
  return { ...engine, client: new ConvexHttpClient(engine.url, { logger: false }) }
}

const events = async (client: ConvexHttpClient) => (await client.query(query('work:events'), {})) as string[]
const jobs = async (client: ConvexHttpClient) => (await client.query(query('work:jobs'), {})) as Job[]

test('over kill -9, scheduled mutations run exactly once', async () => {
  const first = await start()
  const names = Array.from({ length: 200 }, (_, index) => `job ${index}`)
  await Promise.all(names.map((name) => first.client.mutation(mutation('work:later'), { delayMs: 100, name })))
  await waitUntil(
    () => events(first.client),
    (all) => all.length > 0,
  )
  await first.kill()
  const second = await start(first.dataDir)
  await waitUntil(
    () => jobs(second.client),
    (all) => all.every(({ state }) => state.kind === 'success'),
  )
  expect((await events(second.client)).toSorted()).toEqual(names.toSorted())
  expect(await jobs(second.client)).toHaveLength(names.length)
})

test('over kill -9, an action that had begun is told as failed and not run again; one that waited runs', async () => {
  const first = await start()
  for (let job = 0; job < 9; job++) {
    await first.client.mutation(mutation('work:startSlow'), { name: `job ${job}`, ms: job < 8 ? 60_000 : 10 })
  }
  await waitUntil(
    () => events(first.client),
    (all) => all.length === 8,
  )
  expect((await jobs(first.client)).map(({ state }) => state.kind)).toEqual([...Array(8).fill('inProgress'), 'pending'])
  await first.kill()
  const second = await start(first.dataDir)
  const after = await waitUntil(
    () => jobs(second.client),
    (all) => all.every(({ state }) => state.kind !== 'pending' && state.kind !== 'inProgress'),
  )
  expect(after.map(({ state }) => state)).toEqual([
    ...Array.from({ length: 8 }, () => ({ kind: 'failed', error: 'Transient error while executing action' })),
    { kind: 'success' },
  ])
  const began = Array.from({ length: 9 }, (_, job) => `job ${job} began`)
  expect((await events(second.client)).toSorted()).toEqual([...began, 'job 8 ended'])
})
