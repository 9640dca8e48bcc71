import { ConvexHttpClient } from 'convex/browser'
import { now } from '../../tests/support/provider/recorded-request.ts'
import type { RunningEngine } from '../../embedded/testing.ts'
import type { Part, PartContext } from './part.ts'
import { discard, sameAgain, startProject } from './project-engine.ts'
import { marks, type Mark } from './project-functions.ts'

const DOCUMENTS = 1_000_000
const BATCH = 8_000
const NOTE_EVERY = 20
const SHELF = 'boot'
const BOOT_MOST_S = 3

/** From the start of a process over a million documents, whose last one was killed, to an indexed `take(20)`. */
export const boot: Part = async ({ note }) => {
  await using stack = new AsyncDisposableStack()
  let engine = await startProject()
  stack.defer(async () => await discard(engine))
  const filled = now()
  await fill(engine, note)
  const fillSeconds = (now() - filled) / 1000
  await engine.kill()

  const begun = now()
  engine = await startProject(sameAgain(engine))
  const ready = now()
  const client = new ConvexHttpClient(engine.url, { logger: false })
  const first = await client.query(marks.first, { shelf: SHELF })
  const seconds = (now() - begun) / 1000
  if (!areFirst(first)) throw new Error('the engine that started again gave other documents than the first twenty')

  await client.mutation(marks.removeFirst, { shelf: SHELF })
  const torn = await client.query(marks.first, { shelf: SHELF })
  return {
    figures: [{ name: 'boot_1m_s', value: seconds, digits: 2, target: { most: BOOT_MOST_S } }],
    planted: [{ defect: 'a document that is gone after the start', caught: !areFirst(torn) }],
    notes: [
      `${DOCUMENTS} documents written in ${fillSeconds.toFixed(0)} s (mutations of ${BATCH}); ready line after ${((ready - begun) / 1000).toFixed(2)} s; the files were in the system's cache`,
    ],
  }
}

async function fill({ url }: RunningEngine, note: PartContext['note']): Promise<void> {
  const client = new ConvexHttpClient(url, { logger: false })
  for (let from = 0, batch = 1; from < DOCUMENTS; from += BATCH, batch += 1) {
    await client.mutation(marks.fill, { shelf: SHELF, from, count: Math.min(BATCH, DOCUMENTS - from) })
    if (batch % NOTE_EVERY === 0) note(`${from + BATCH} of ${DOCUMENTS} documents written`)
  }
}

function areFirst(found: readonly Mark[]): boolean {
  return found.length === 20 && found.every(({ rank }, at) => rank === at)
}
