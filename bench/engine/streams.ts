import { setTimeout as sleep } from 'node:timers/promises'
import { quantile } from '../streaming/lag.ts'
import { makeReply } from '../streaming/make-reply.ts'
import { ProviderLink } from '../streaming/provider-link.ts'
import { startCrowd } from './crowd/gloss-crowd.ts'
import { pause } from './crowd/pause.ts'
import { peakMemory } from './crowd/peak-memory.ts'
import { watchReplies } from './crowd/watch-replies.ts'
import type { Part } from './part.ts'
import { watchForCore } from './waited-for-core.ts'

const SOCKETS = 20
const REPLIES_EACH = 10
const TOKENS = 1_600
const TOKENS_A_SECOND = 80
const LAG_MOST_MS = 250
const MEMORY_MOST_MB = 700
/** Of two seconds of tokens, enough come late for p95 to show it. */
const PLANTED_PAUSE_MS = 600

/** Two hundred answers of Gloss at once, each watched by a client. */
export const streams: Part = async ({ note }) => {
  await using stack = new AsyncDisposableStack()
  const provider = stack.use(await ProviderLink.start())
  const crowd = stack.use(await startCrowd(provider.url))
  const people = Array.from({ length: SOCKETS }, (_, at) => `person ${at}`)
  const clients = await Promise.all(people.map(async (name) => await crowd.connect(name)))
  const planter = await crowd.connect('planter')

  const short = makeReply(2 * TOKENS_A_SECOND)
  await provider.script(short, TOKENS_A_SECOND)
  // The first reply after a start pays for what is loaded then.
  await watchReplies([planter], 2, provider, short)
  const [paused] = await Promise.all([
    watchReplies([planter], 2, provider, short),
    sleep(700).then(async () => await pause(crowd.engine.pid, PLANTED_PAUSE_MS)),
  ])
  const torn = await watchReplies([planter], 2, provider, short, (rows) =>
    rows.map((row) => (row.seq === 0 ? { ...row, text: '' } : row)),
  )

  const script = makeReply(TOKENS)
  await provider.script(script, TOKENS_A_SECOND)
  note(`${SOCKETS * REPLIES_EACH} replies of ${TOKENS} tokens at ${TOKENS_A_SECOND} a second`)
  const endWatch = await watchForCore(crowd.engine.pid)
  const { lags, lostChars, failures } = await watchReplies(clients, REPLIES_EACH, provider, script)
  const kept = await endWatch()
  const memory = await peakMemory(crowd.engine.pid)
  return {
    figures: [
      { name: 'streams200_lag_p95_ms', value: quantile(lags, 0.95), digits: 1, target: { most: LAG_MOST_MS } },
      { name: 'streams200_rss_mb', value: memory, digits: 0, target: { most: MEMORY_MOST_MB } },
      { name: 'streams200_lost_chars', value: lostChars, digits: 0, target: { exactly: 0 } },
    ],
    planted: [
      {
        defect: `an engine that stands still for ${PLANTED_PAUSE_MS} ms`,
        caught: quantile(paused.lags, 0.95) > LAG_MOST_MS,
      },
      { defect: 'a lost chunk', caught: torn.lostChars > 0 },
    ],
    notes: [
      `${lags.length} tokens: lag p50 ${quantile(lags, 0.5).toFixed(0)} ms, p95 ${quantile(lags, 0.95).toFixed(0)} ms, worst ${quantile(lags, 1).toFixed(0)} ms`,
      ...kept,
      ...(failures.length === 0 ? [] : [`${failures.length} replies failed, the first: ${failures[0] ?? ''}`]),
    ],
  }
}
