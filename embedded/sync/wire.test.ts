/** What goes over the socket beyond the messages themselves: chunks, back-pressure, compression, pings. */
import { afterEach, describe, expect, test, vi } from 'vitest'
import { ADMIN_KEY, serveFake } from './fake-app.ts'
import { RawClient, updates, type Message } from './raw-client.ts'

const cleanUps: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp()
})

async function start() {
  const served = await serveFake()
  cleanUps.push(() => served.close(0))
  return served
}

/** Of another machine, so that compression is agreed on. */
async function raw(url: string, ...[options]: [Parameters<typeof RawClient.open>[2]?]): Promise<RawClient> {
  const client = await RawClient.open(url, { 'x-forwarded-for': '192.0.2.1' }, options)
  cleanUps.push(() => client.close())
  return client
}

/** Lets sockets do their work; the timers of the tests may be false, this one is not. */
const settle = (milliseconds = 20) => new Promise((resolve) => setTimeout(resolve, milliseconds))

describe('a transition', () => {
  test('of more than 5,000,000 bytes goes in chunks, with nothing between them', async () => {
    const { url, engine } = await start()
    const client = await raw(url)
    client.connect([{ udfPath: 'text:big', args: { unit: 'é\u{1f600}', times: 1_000_000 } }])
    for (let round = 0; round < 3; round++) {
      engine.write('tail', round)
      for (let request = 0; request < 20; request++) {
        const requestId = round * 20 + request
        client.send({ type: 'Mutation', requestId, udfPath: 'counter:add', args: [{}] })
        client.send({ type: 'Action', requestId: 1000 + requestId, udfPath: 'text:wait', args: [{ ms: request }] })
      }
      await client.until(({ requestId }) => requestId === round * 20 + 19)
    }
    await client.until(({ requestId }) => requestId === 1059)
    await client.until(({ chunk }) => String(chunk).includes('2",'))
    const whole = assembled(client.received)
    expect(whole.length).toBeGreaterThan(0)
    for (const text of whole) {
      expect(Buffer.byteLength(text)).toBeGreaterThan(5_000_000)
      expect(JSON.parse(text)).toMatchObject({ type: 'Transition', modifications: [{ type: 'QueryUpdated' }] })
    }
  })

  test('of no more than that goes whole', async () => {
    const { url } = await start()
    const client = await raw(url)
    client.connect([{ udfPath: 'text:big', args: { unit: 'x', times: 4_999_000 } }])
    await client.until(({ type }) => type === 'Transition')
    expect(client.received).toHaveLength(1)
  })
})

test('a client that does not read is not computed for; when it reads, it gets the latest', async () => {
  const { url, engine } = await start()
  const client = await raw(url)
  client.pause()
  client.connect([{ udfPath: 'text:noise', args: { bytes: 9_000_000 } }])
  for (let value = 1; value <= 30; value++) {
    engine.write('tail', `v${value}`)
    await settle(10)
  }
  // One that is on its way, and one that waits behind it.
  expect(engine.runs['text:noise']).toBeLessThanOrEqual(2)
  client.resume()
  await client.until(({ chunk }) => String(chunk).includes('v30"'))
  expect(assembled(client.received).length).toBe(engine.runs['text:noise'])
  expect(engine.runs['text:noise']).toBeLessThanOrEqual(4)
})

test('a text sent again costs next to nothing: contexts are kept between messages', async () => {
  const { url, engine } = await start()
  const client = await raw(url)
  expect(client.extensions).toBe('permessage-deflate')
  client.connect([{ udfPath: 'text:noise', args: { bytes: 9_000 } }])
  await client.until((message) => updates(message, 0))
  for (let value = 1; value <= 40; value++) {
    engine.write('tail', `v${value}`)
    await vi.waitFor(() => expect(JSON.stringify(client.received.at(-1)).includes(`v${value}"`)).toBe(true))
  }
  const headers = { authorization: `Convex ${ADMIN_KEY}` }
  const { bytesRaw, bytesWire } = await (await fetch(`${url}/api/embedded/metrics`, { headers })).json()
  expect(bytesRaw).toBeGreaterThan(40 * 12_000)
  // Noise alone gives three quarters: each later one must have come from the context.
  expect(bytesWire).toBeLessThan(bytesRaw / 10)
})

describe('silence', () => {
  /** Runs the server's own timers of that many seconds, five at a time, with time for the sockets in between. */
  async function pass(seconds: number): Promise<void> {
    for (let passed = 0; passed < seconds; passed += 5) {
      await vi.advanceTimersByTimeAsync(5_000)
      await settle()
    }
  }

  function withFalseTime(): void {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'] })
    cleanUps.push(() => vi.useRealTimers())
  }

  test('is broken by a Ping after 15 s, and by pings of the socket each 5 s', async () => {
    const { url, engine } = await start()
    withFalseTime()
    const client = await raw(url)
    client.connect([{ udfPath: 'counter:get' }])
    await client.until((message) => updates(message, 0, 0))
    const pings = () => client.received.filter(({ type }) => type === 'Ping').length
    await pass(10)
    expect([pings(), client.pings]).toEqual([0, 2])
    await pass(5)
    expect([pings(), client.pings]).toEqual([1, 3])
    await pass(10)
    engine.write('counter:a', 1)
    await client.until((message) => updates(message, 0, 1))
    await pass(10)
    expect(pings()).toBe(1)
    await pass(5)
    expect(pings()).toBe(2)
  })

  test('of a peer that answers no ping for a minute ends its connection; one that answers stays', async () => {
    const { url } = await start()
    withFalseTime()
    const dead = await raw(url, { autoPong: false })
    const quiet = await raw(url)
    for (const client of [dead, quiet]) {
      client.connect([{ udfPath: 'counter:get' }])
      // What the server gets from a peer is a sign of life: this is the last one of the dead.
      await client.until((message) => updates(message, 0, 0))
    }
    const ended: string[] = []
    void dead.closed.then(() => ended.push('dead'))
    void quiet.closed.then(() => ended.push('quiet'))
    await pass(55)
    expect(ended).toEqual([])
    await pass(15)
    await dead.closed
    expect(ended).toEqual(['dead'])
    await pass(60)
    expect(ended).toEqual(['dead'])
  })
})

/** The transitions that came in chunks, as JSON. Throws when anything came between two chunks, or out of order. */
function assembled(received: readonly Message[]): string[] {
  const whole: string[] = []
  let parts: Message[] = []
  for (const message of received) {
    if (message.type !== 'TransitionChunk') {
      if (parts.length > 0) throw new Error(`${message.type} between two chunks`)
      continue
    }
    const { partNumber, totalParts, transitionId, chunk } = message
    const first = parts[0] ?? message
    if (partNumber !== parts.length || transitionId !== first['transitionId'] || totalParts !== first['totalParts']) {
      throw new Error(`Chunk ${String(partNumber)} of ${String(totalParts)} is out of order`)
    }
    if (Buffer.byteLength(String(chunk)) > 5_000_000) throw new Error('A chunk is too long')
    parts.push(message)
    if (parts.length < Number(totalParts)) continue
    whole.push(parts.map((part) => String(part['chunk'])).join(''))
    parts = []
  }
  return whole
}
