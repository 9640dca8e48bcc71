import { setTimeout as sleep } from 'node:timers/promises'
import type { ConvexClient } from 'convex/browser'
import type { RunningEngine } from '../../embedded/testing.ts'
import { nodeClient } from '../../scripts/local/node-client.ts'
import { readMetrics } from '../streaming/engine-metrics.ts'
import type { Part } from './part.ts'
import { discard, startProject } from './project-engine.ts'
import { marks } from './project-functions.ts'

const SUBSCRIPTIONS = 1_000
const CLIENTS = 10
const RANGE = 10
const SHELF = 'ranges'
/** Re-runs that have no business to happen get this long to happen. */
const SETTLE_MS = 1_000

/** A thousand subscriptions on ranges that do not touch, and one write: how many queries the engine ran again. */
export const reruns: Part = async () => {
  await using stack = new AsyncDisposableStack()
  const engine = await startProject()
  stack.defer(async () => await discard(engine))
  const clients = Array.from({ length: CLIENTS }, () => nodeClient(engine.url))
  for (const client of clients) stack.defer(async () => await client.close())
  const [writer] = clients
  if (!writer) throw new Error('there is no client')

  const count = SUBSCRIPTIONS * RANGE
  for (let from = 0; from < count; from += 5_000)
    await writer.mutation(marks.fill, { shelf: SHELF, from, count: 5_000 })
  const watched = clients.flatMap((client, at) =>
    Array.from({ length: SUBSCRIPTIONS / CLIENTS }, (_, index) => {
      const from = (index * CLIENTS + at) * RANGE
      return watch(client, from, from + RANGE)
    }),
  )
  await Promise.all(watched.map(async ({ ready }) => await ready))

  const one = await runsOfOneWrite(engine, writer, count / 2)
  const told = watched.reduce((sum, { updates }) => sum + updates(), 0)
  // The planted defect: one subscription more whose range is all of them.
  await watch(writer, 0, count).ready
  const two = await runsOfOneWrite(engine, writer, count / 2 + 1)
  return {
    figures: [{ name: 'reruns_of_1000', value: one, digits: 0, target: { exactly: 1 } }],
    planted: [{ defect: 'a re-run too many', caught: two === one + 1 }],
    notes: [`${watched.length} subscriptions of ${CLIENTS} clients: one write ran ${one} again and told ${told}`],
  }
}

interface Watched {
  readonly ready: Promise<void>
  /** Callbacks after the first one. */
  updates(): number
}

function watch(client: ConvexClient, from: number, to: number): Watched {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  let calls = 0
  client.onUpdate(
    marks.between,
    { shelf: SHELF, from, to },
    () => {
      calls += 1
      resolve()
    },
    reject,
  )
  return { ready: promise, updates: () => calls - 1 }
}

async function runsOfOneWrite(engine: RunningEngine, writer: ConvexClient, rank: number): Promise<number> {
  const runs = async (): Promise<number> => (await readMetrics(engine)).runs['marks:between'] ?? 0
  const before = await runs()
  await writer.mutation(marks.add, { shelf: SHELF, rank, text: 'one more' })
  await sleep(SETTLE_MS)
  return (await runs()) - before
}
