/**
 * The probe as a process of its own: what it waits for is the engine, not the bench. It asks one tiny query over its
 * socket, and the next one at the next tick after the answer: a stall that begins between two of them looks shorter by
 * a tick at most, and the probe makes no queue. Every query runs in the engine's thread that reads the store, and
 * nothing of its round trip needs another thread.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { api } from '../../../convex/_generated/api.js'
import { nodeClient } from '../../../scripts/local/node-client.ts'
import { now } from '../../../tests/support/provider/recorded-request.ts'
import { quantile } from '../../streaming/lag.ts'
import type { ToProbe, Waits } from './probe-link.ts'

const TICK_MS = 5

const ownDelay = monitorEventLoopDelay({ resolution: 1 })
let times: number[] = []

process.on('message', (_message: ToProbe) => {
  const waits: Waits = {
    count: times.length,
    longest: quantile(times, 1),
    p50: quantile(times, 0.5),
    ownDelay: ownDelay.max / 1e6,
  }
  times = []
  ownDelay.reset()
  process.send?.(waits)
})
process.on('disconnect', () => process.exit(0))
ownDelay.enable()

const client = nodeClient(process.argv[2] ?? '', undefined, { logger: false })
client.setAuth(async () => await Promise.resolve(process.env['PROBE_TOKEN'] ?? null))
for (let numItems = 1; ; numItems += 1) {
  const begun = now()
  // Another number each time: the client would answer the same query again by itself.
  await client.query(api.conversations.list, { paginationOpts: { numItems, cursor: null } })
  const took = now() - begun
  times.push(took)
  await sleep(Math.max(0, TICK_MS - took))
}
