import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { JSONValue } from 'convex/values'
import { createEngine } from '../../embedded/runtime/create-engine.ts'
import type { Engine, Outcome } from '../../embedded/runtime/engine.ts'
import { quantile } from '../streaming/lag.ts'
import type { Part } from './part.ts'
import { projectDir } from './project-engine.ts'
import { marks } from './project-functions.ts'
import { fillRival, openRival } from './rival.ts'
import { timeEach } from './time-each.ts'

const SMALL = 1_000
const LARGE = 100_000
const RIVAL_LARGE = 20_000
const BATCH = 5_000
/** Small and large take turns, so that a busy moment of the machine meets both. */
const ROUNDS = 40
const QUERIES_A_ROUND = 50
const RIVAL_QUERIES = 40
const TAKE_MOST_MS = 0.3
const GROWTH_MOST = 1.3
const SHELF = 'taken'

/** An indexed `take(20)` inside the engine, of few documents and of many. */
export const take: Part = async () => {
  await using stack = new AsyncDisposableStack()
  const small = await openFilled(SMALL, stack)
  const large = await openFilled(LARGE, stack)
  const first = async (engine: Engine) => await ask(engine, 'marks:first', { shelf: SHELF })
  const [smallMs, largeMs] = await timeInTurns(
    async () => await first(small),
    async () => await first(large),
  )
  const filtered = async (to: number) => await ask(large, 'marks:filtered', { shelf: SHELF, to })
  const few = await timeEach(10, 2, async () => await filtered(SMALL))
  const many = await timeEach(10, 2, async () => await filtered(5 * SMALL))
  const rival = { small: await timeRival(SMALL), large: await timeRival(RIVAL_LARGE) }
  const growth = quantile(largeMs, 0.5) / quantile(smallMs, 0.5)
  return {
    figures: [
      {
        name: 'take20_100k_ms',
        value: quantile(largeMs, 0.5),
        digits: 3,
        target: { most: TAKE_MOST_MS },
        rival: `${rival.large.toFixed(1)} (at ${RIVAL_LARGE})`,
      },
      {
        name: 'take20_growth',
        value: growth,
        digits: 2,
        target: { most: GROWTH_MOST },
        rival: `${(rival.large / rival.small).toFixed(1)} (to ${RIVAL_LARGE})`,
      },
      { name: 'take20_20k_convex_test_ms', value: rival.large, digits: 2 },
    ],
    planted: [
      {
        defect: 'a query that reads five times as many documents',
        caught: quantile(many, 0.5) / quantile(few, 0.5) > GROWTH_MOST,
      },
    ],
    notes: [
      `take(20) of ${SMALL}: p50 ${quantile(smallMs, 0.5).toFixed(3)} ms; of ${LARGE}: ${quantile(largeMs, 0.5).toFixed(3)} ms, p95 ${quantile(largeMs, 0.95).toFixed(3)} ms`,
      `convex-test: of ${SMALL}: ${rival.small.toFixed(2)} ms; of ${RIVAL_LARGE}: ${rival.large.toFixed(2)} ms`,
    ],
  }
}

async function openFilled(count: number, stack: AsyncDisposableStack): Promise<Engine> {
  const dataDir = await mkdtemp(join(tmpdir(), 'bench-take-'))
  stack.defer(async () => await rm(dataDir, { recursive: true, force: true }))
  const engine = await createEngine({ projectDir, dataDir, env: {}, log: () => undefined })
  stack.defer(async () => await engine.close())
  for (let from = 0; from < count; from += BATCH) {
    const args = { shelf: SHELF, from, count: Math.min(BATCH, count - from) }
    valueOf((await engine.mutation({ path: 'marks:fill', args, identity: null })).outcome)
  }
  return engine
}

async function ask(engine: Engine, path: string, args: JSONValue): Promise<JSONValue> {
  const snapshot = engine.snapshot()
  try {
    return valueOf((await snapshot.query({ path, args, identity: null })).outcome)
  } finally {
    snapshot.release()
  }
}

function valueOf(outcome: Outcome): JSONValue {
  if (outcome.ok) return outcome.value
  throw new Error(outcome.errorMessage)
}

async function timeInTurns(
  one: () => Promise<unknown>,
  other: () => Promise<unknown>,
): Promise<[readonly number[], readonly number[]]> {
  await timeEach(0, QUERIES_A_ROUND, one)
  await timeEach(0, QUERIES_A_ROUND, other)
  const [ofOne, ofOther]: [number[], number[]] = [[], []]
  for (let round = 0; round < ROUNDS; round += 1) {
    ofOne.push(...(await timeEach(QUERIES_A_ROUND, 2, one)))
    ofOther.push(...(await timeEach(QUERIES_A_ROUND, 2, other)))
  }
  return [ofOne, ofOther]
}

async function timeRival(count: number): Promise<number> {
  const rival = openRival()
  await fillRival(rival, SHELF, count)
  const times = await timeEach(RIVAL_QUERIES, 5, async () => await rival.query(marks.first, { shelf: SHELF }))
  return quantile(times, 0.5)
}
