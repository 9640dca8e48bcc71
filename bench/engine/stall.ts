import { setTimeout as sleep } from 'node:timers/promises'
import type { ConvexClient } from 'convex/browser'
import { z } from 'zod'
import { prepareSnapshot } from '../../components/asking/prepare-snapshot.ts'
import { api } from '../../convex/_generated/api.js'
import type { Id } from '../../convex/_generated/dataModel.js'
import type { RunningEngine } from '../../embedded/testing.ts'
import { Random } from '../random.ts'
import { askGloss } from '../streaming/ask-gloss.ts'
import { quantile } from '../streaming/lag.ts'
import { makeReply } from '../streaming/make-reply.ts'
import { ProviderLink } from '../streaming/provider-link.ts'
import { startCrowd } from './crowd/gloss-crowd.ts'
import { pause } from './crowd/pause.ts'
import { watchReplies } from './crowd/watch-replies.ts'
import type { Part } from './part.ts'
import { longText } from './stall/long-text.ts'
import { Probe } from './stall/probe-link.ts'
import { watchForCore } from './waited-for-core.ts'

const WORDS = 60_000
const REPLIES = 10
const TOKENS = 800
const TOKENS_A_SECOND = 80
const STALL_MOST_MS = 50
const PLANTED_MS = 100
const WARM_UP_MS = 1_500
/** Times with and without a planted stall: one alone may be the machine's. */
const MOMENTS = 9
const MOMENT_MS = 300

/** The longest anyone waits for the engine while the built-in model reads a long page and others stream. */
export const stall: Part = async ({ seed }) => {
  await using stack = new AsyncDisposableStack()
  const provider = stack.use(await ProviderLink.start())
  const crowd = stack.use(await startCrowd(provider.url))
  const reader = await crowd.connect('reader')
  const writer = await crowd.connect('writer')

  // What the first answers of a process load is not what is measured.
  const short = makeReply(80)
  await provider.script(short, TOKENS_A_SECOND)
  await watchReplies([writer], 1, provider, short)
  await summarise(reader, longText(300, new Random(seed)), () => undefined)

  const probe = stack.use(new Probe({ url: crowd.engine.url, token: await crowd.token('reader') }))
  await sleep(WARM_UP_MS)
  await probe.take()
  const { still, moving } = await plantStalls(probe, crowd.engine)

  // From here on it counts.
  await ownStallMax(crowd.engine)
  const script = makeReply(TOKENS)
  await provider.script(script, TOKENS_A_SECOND)
  const endWatch = await watchForCore(crowd.engine.pid)
  let characters = 0
  const [replies] = await Promise.all([
    watchReplies([writer], REPLIES, provider, script),
    summarise(reader, longText(WORDS, new Random(seed)), (text) => (characters = text.length)),
  ])
  const waits = await probe.take()
  const kept = await endWatch()
  const own = await ownStallMax(crowd.engine)
  return {
    figures: [{ name: 'stall_max_ms', value: waits.longest, digits: 1, target: { most: STALL_MOST_MS } }],
    planted: [
      {
        defect: `an engine that stands still for ${PLANTED_MS} ms`,
        caught: still >= PLANTED_MS * 0.9 && moving < PLANTED_MS * 0.9,
      },
    ],
    notes: [
      `${waits.count} round trips of a query, one every 5 ms: p50 ${waits.p50.toFixed(1)} ms, longest ${waits.longest.toFixed(1)} ms; the probe itself was late by ${waits.ownDelay.toFixed(1)} ms at most`,
      `with nothing to do, the longest of ${MOMENT_MS} ms: ${moving.toFixed(1)} ms; where it stands still for ${PLANTED_MS} ms: ${still.toFixed(1)} ms (medians of ${MOMENTS})`,
      `${WORDS} words gave a summary of ${characters} characters; ${REPLIES} replies lost ${replies.lostChars} characters`,
      ...kept,
      ...(own === undefined
        ? []
        : [
            `by the engine's own count, which sees no queue: its thread was held for ${own.toFixed(1)} ms at a time at most`,
          ]),
    ],
  }
}

/** Stops the engine for a while, several times, and lets it be in between: medians of the longest waits. */
async function plantStalls(probe: Probe, { pid }: RunningEngine): Promise<{ still: number; moving: number }> {
  const [still, moving]: [number[], number[]] = [[], []]
  for (let moment = 0; moment < MOMENTS; moment += 1) {
    await sleep(MOMENT_MS)
    moving.push((await probe.take()).longest)
    await pause(pid, PLANTED_MS)
    await sleep(MOMENT_MS - PLANTED_MS)
    still.push((await probe.take()).longest)
  }
  return { still: quantile(still, 0.5), moving: quantile(moving, 0.5) }
}

async function summarise(client: ConvexClient, text: string, onText: (text: string) => void): Promise<void> {
  const snapshotId = await capture(client, text)
  const question = {
    text: '',
    task: 'summarise' as const,
    contexts: [{ snapshotId, kind: 'page' as const }],
    modelId: 'extractive',
  }
  await askGloss(client, question, onText)
}

/** Brings a page as the panel does. */
async function capture(client: ConvexClient, text: string): Promise<Id<'snapshots'>> {
  const { begin, parts } = await prepareSnapshot({
    url: `https://example.com/register/${text.length}`,
    title: 'The register',
    lang: 'en',
    text,
    zones: [{ zone: 'main', start: 0, end: text.length }],
    method: 'readability',
    wordsMain: text.split(/\s+/).length,
    wordsRest: 0,
    truncated: false,
  })
  const { snapshotId } = await client.mutation(api.snapshots.begin, begin)
  for (const [order, part] of parts.entries())
    await client.mutation(api.snapshots.put, { snapshotId, order, text: part })
  return snapshotId
}

const withStall = z.object({ stallMaxMs: z.number().optional() })

/** What the engine itself says, where it does. */
async function ownStallMax({ url, adminKey }: RunningEngine): Promise<number | undefined> {
  const response = await fetch(`${url}/api/embedded/metrics`, { headers: { authorization: `Convex ${adminKey}` } })
  return withStall.parse(await response.json()).stallMaxMs
}
