import { setTimeout as sleep } from 'node:timers/promises'
import type { ConvexClient } from 'convex/browser'
import { nodeClient } from '../../scripts/local/node-client.ts'
import { now } from '../../tests/support/provider/recorded-request.ts'
import { quantile } from '../streaming/lag.ts'
import type { Part } from './part.ts'
import { discard, startProject } from './project-engine.ts'
import { append, marks } from './project-functions.ts'
import { openRival } from './rival.ts'
import { timeEach } from './time-each.ts'
import { watchForCore } from './waited-for-core.ts'

const COUNT = 500
const WARM_UP = 100
const PAUSE_MS = 10
const DELAY_MS = 5
const MUTATION_MOST_MS = 2
const PUSH_MOST_MS = 3

/** One mutation there and back over the wire, and one append on its way to another client. */
export const wire: Part = async () => {
  await using stack = new AsyncDisposableStack()
  const engine = await startProject()
  stack.defer(async () => await discard(engine))
  const writer = nodeClient(engine.url)
  stack.defer(async () => await writer.close())
  const reader = nodeClient(engine.url)
  stack.defer(async () => await reader.close())

  const add = async (rank: number) => await writer.mutation(marks.add, { shelf: 'there', rank, text: 'and back' })
  const endWatch = await watchForCore(engine.pid)
  const mutations = await timeEach(COUNT, WARM_UP, add)
  const pushes = await timePushes(writer, reader, 'pushed')
  const kept = await endWatch()
  const rival = openRival()
  const rivals = await timeEach(COUNT, WARM_UP, async (rank) => {
    await rival.mutation(marks.add, { shelf: 'there', rank, text: 'and back' })
  })

  const slow = await timeEach(50, 0, async (rank) => await Promise.all([add(-1 - rank), sleep(DELAY_MS)]))
  const late = await timePushes(writer, reader, 'late', DELAY_MS)
  return {
    figures: [
      {
        name: 'mutation_p50_ms',
        value: quantile(mutations, 0.5),
        digits: 2,
        target: { most: MUTATION_MOST_MS },
        rival: `${quantile(rivals, 0.5).toFixed(2)} (in process)`,
      },
      { name: 'push_p50_ms', value: quantile(pushes, 0.5), digits: 2, target: { most: PUSH_MOST_MS } },
    ],
    planted: [
      {
        defect: `mutations of ${DELAY_MS} ms`,
        caught: quantile(slow, 0.5) > MUTATION_MOST_MS,
      },
      {
        defect: `callbacks ${DELAY_MS} ms late`,
        caught: quantile(late, 0.5) > PUSH_MOST_MS,
      },
    ],
    notes: [
      `${COUNT} mutations: p50 ${ms(mutations, 0.5)}, p95 ${ms(mutations, 0.95)}, worst ${ms(mutations, 1)}`,
      `${pushes.length} pushes: p50 ${ms(pushes, 0.5)}, p95 ${ms(pushes, 0.95)}, worst ${ms(pushes, 1)}`,
      ...kept,
    ],
  }
}

/** From before an action's mutation to the other client's callback that first has what it wrote. */
async function timePushes(
  writer: ConvexClient,
  reader: ConvexClient,
  shelf: string,
  delayMs = 0,
): Promise<readonly number[]> {
  const times: number[] = []
  const { promise: whole, resolve, reject } = Promise.withResolvers<void>()
  let seen = -1
  const stop = reader.onUpdate(
    marks.last,
    { shelf },
    (mark) => {
      if (mark?.at === undefined || mark.rank <= seen) return
      seen = mark.rank
      const { at, rank } = mark
      const note = (): void => {
        if (rank >= WARM_UP) times.push(now() - at)
        if (rank === COUNT + WARM_UP - 1) resolve()
      }
      if (delayMs === 0) note()
      else setTimeout(note, delayMs)
    },
    reject,
  )
  try {
    await writer.action(append, { shelf, count: COUNT + WARM_UP, pauseMs: PAUSE_MS })
    await whole
    return times
  } finally {
    stop()
  }
}

function ms(times: readonly number[], share: number): string {
  return `${quantile(times, share).toFixed(2)} ms`
}
