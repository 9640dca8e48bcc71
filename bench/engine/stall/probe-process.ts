/**
 * The probe as a process of its own: what it waits for is the engine, not the bench. A query is asked every few
 * milliseconds, unless some are waiting already: those see a stall from its beginning, and more would only make a
 * queue. Its round trip goes through the engine's only thread that reads the store.
 */
import { Agent, request } from 'node:http'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { now } from '../../../tests/support/provider/recorded-request.ts'
import { quantile } from '../../streaming/lag.ts'
import type { ToProbe, Waits } from './probe-link.ts'

const EVERY_MS = 5
const WAITING_MOST = 3

const [, , url = '', path = ''] = process.argv
const body = JSON.stringify({ path, args: [{}], format: 'json' })
const agent = new Agent({ keepAlive: true, maxSockets: WAITING_MOST })
const headers = {
  'content-type': 'application/json',
  'content-length': Buffer.byteLength(body),
  authorization: `Bearer ${process.env['PROBE_TOKEN'] ?? ''}`,
}
const ownDelay = monitorEventLoopDelay({ resolution: 1 })
let times: number[] = []
let refused = 0
let waiting = 0

function ask(): void {
  if (waiting >= WAITING_MOST) return
  waiting += 1
  const begun = now()
  const asking = request(`${url}/api/query`, { method: 'POST', agent, headers }, (response) => {
    response.resume().once('end', () => {
      waiting -= 1
      times.push(now() - begun)
      if (response.statusCode !== 200) refused += 1
    })
  })
  asking.on('error', () => {
    waiting -= 1
    refused += 1
  })
  asking.end(body)
}

process.on('message', (_message: ToProbe) => {
  const waits: Waits = {
    count: times.length,
    longest: quantile(times, 1),
    p50: quantile(times, 0.5),
    ownDelay: ownDelay.max / 1e6,
    refused,
  }
  times = []
  refused = 0
  ownDelay.reset()
  process.send?.(waits)
})
process.on('disconnect', () => process.exit(0))
ownDelay.enable()
setInterval(ask, EVERY_MS)
