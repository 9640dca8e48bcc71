import { setTimeout as sleep } from 'node:timers/promises'
import type { ConvexClient } from 'convex/browser'
import { z } from 'zod'
import { prepareSnapshot } from '../../components/asking/prepare-snapshot.ts'
import { api } from '../../convex/_generated/api.js'
import type { Id } from '../../convex/_generated/dataModel.js'
import type { RunningEngine } from '../../embedded/testing.ts'
import { Random } from '../random.ts'
import { askGloss } from '../streaming/ask-gloss.ts'
import { makeReply } from '../streaming/make-reply.ts'
import { ProviderLink } from '../streaming/provider-link.ts'
import { startCrowd } from './crowd/gloss-crowd.ts'
import { pause } from './crowd/pause.ts'
import { watchReplies } from './crowd/watch-replies.ts'
import type { Part } from './part.ts'
import { longText } from './stall/long-text.ts'
import { Probe } from './stall/probe-link.ts'

const WORDS = 60_000
const REPLIES = 10
const TOKENS = 800
const TOKENS_A_SECOND = 80
const STALL_MOST_MS = 50
const PLANTED_MS = 100
const QUIET_MS = 1_500

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

  const probe = stack.use(new Probe({ url: crowd.engine.url, token: await crowd.token('reader'), path: 'models:list' }))
  await sleep(QUIET_MS)
  await probe.take()
  await sleep(QUIET_MS)
  const quiet = await probe.take()
  await pause(crowd.engine.pid, PLANTED_MS)
  await sleep(QUIET_MS)
  const planted = await probe.take()

  const script = makeReply(TOKENS)
  await provider.script(script, TOKENS_A_SECOND)
  let characters = 0
  const [replies] = await Promise.all([
    watchReplies([writer], REPLIES, provider, script),
    summarise(reader, longText(WORDS, new Random(seed)), (text) => (characters = text.length)),
  ])
  const waits = await probe.take()
  const own = await ownStallMax(crowd.engine)
  return {
    figures: [{ name: 'stall_max_ms', value: waits.longest, digits: 1, target: { most: STALL_MOST_MS } }],
    planted: [
      {
        defect: `an engine that stands still for ${PLANTED_MS} ms`,
        caught: planted.longest >= PLANTED_MS * 0.9 && quiet.longest < PLANTED_MS * 0.9,
      },
    ],
    notes: [
      `${waits.count} round trips of a query, one every 5 ms while at most 3 wait: p50 ${waits.p50.toFixed(1)} ms, longest ${waits.longest.toFixed(1)} ms; the probe itself was late by ${waits.ownDelay.toFixed(1)} ms at most`,
      `with nothing to do: longest ${quiet.longest.toFixed(1)} ms; standing still for ${PLANTED_MS} ms: ${planted.longest.toFixed(1)} ms`,
      `${WORDS} words gave a summary of ${characters} characters; ${REPLIES} replies lost ${replies.lostChars} characters`,
      ...(own === undefined ? [] : [`by the engine's own count since its start: ${own.toFixed(1)} ms`]),
      ...(waits.refused === 0 ? [] : [`${waits.refused} of the queries were refused`]),
    ],
  }
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
