import { expect, test } from 'vitest'
import { seededRandom } from '../values/seeded-random.ts'
import { serveFake } from './fake-app.ts'
import { RawClient, updates } from './raw-client.ts'

const SEED = 20_261_124
const FRAMES = 600

const connect = { type: 'Connect', sessionId: 'fuzz', connectionCount: 0, lastCloseReason: null, clientTs: 1 }
const valid: readonly object[] = [
  connect,
  { type: 'Authenticate', tokenType: 'User', value: 'a.b.c', baseVersion: 0 },
  { type: 'Authenticate', tokenType: 'Admin', value: 'key', baseVersion: 0, impersonating: { subject: 's' } },
  {
    type: 'ModifyQuerySet',
    baseVersion: 0,
    newVersion: 1,
    modifications: [{ type: 'Add', queryId: 0, udfPath: 'counter:get', args: [{ name: 'a' }] }],
  },
  { type: 'Mutation', requestId: 1, udfPath: 'counter:refuse', args: [{ name: 'a' }] },
  { type: 'Action', requestId: 2, udfPath: 'text:none', args: [{}] },
  { type: 'Event', eventType: 'x', event: {} },
]
const odd: readonly unknown[] = [
  null,
  -1,
  1e300,
  2 ** 53,
  0.5,
  '',
  '\ud800',
  '__proto__',
  [],
  {},
  true,
  'x'.repeat(5000),
]

/** A valid message with one part replaced, cut off, or a byte changed. */
function bent(random: () => number): string | Buffer {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
  const message: Record<string, unknown> = { ...pick(valid) }
  const field = pick([...Object.keys(message), 'extra'])
  if (random() < 0.7) message[field] = pick(odd)
  const text = JSON.stringify(message)
  const kind = random()
  if (kind < 0.1) return text.slice(0, Math.floor(random() * text.length))
  if (kind < 0.2) return Buffer.from(text)
  if (kind < 0.3) return text.replace(pick([...text]), pick(['"', '}', '\\', '\u0000', '7']))
  return text
}

test(`bent frames (seed ${SEED}) end their own connection at most, write nothing, and others go on`, async () => {
  const { url, engine, logged, close } = await serveFake()
  try {
    const random = seededRandom(SEED)
    const witness = await RawClient.open(url)
    witness.connect([{ udfPath: 'counter:get' }])
    await witness.until((message) => updates(message, 0, 0))
    let client = await RawClient.open(url)
    let isClosed = false
    for (let sent = 0; sent < FRAMES; sent++) {
      if (isClosed) {
        client = await RawClient.open(url)
        isClosed = false
        client.send(connect)
      }
      void client.closed.then(() => (isClosed = true))
      client.send(bent(random))
      if (random() < 0.3) await new Promise((resolve) => setTimeout(resolve, 1))
    }
    client.close()
    engine.write('counter:a', 1)
    await witness.until((message) => updates(message, 0, 1))
    expect(logged).toEqual([])
    witness.close()
  } finally {
    await close(0)
  }
})
