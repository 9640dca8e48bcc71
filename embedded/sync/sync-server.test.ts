import { ConvexClient, type ConvexClientOptions } from 'convex/browser'
import { makeFunctionReference } from 'convex/server'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { createTestIssuer } from '../auth/test-issuer.ts'
import type { ServeOptions } from '../serve-options.ts'
import { serveFake, setAdminAuth } from './fake-app.ts'
import { RawClient, updates, type Message } from './raw-client.ts'
import { decodeTimestamp } from './timestamp.ts'

const query = (name: string) => makeFunctionReference<'query', Record<string, unknown>, unknown>(name)
const mutation = (name: string) => makeFunctionReference<'mutation', Record<string, unknown>, unknown>(name)
const action = (name: string) => makeFunctionReference<'action', Record<string, unknown>, unknown>(name)

const cleanUps: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp()
})

async function start(options: Partial<ServeOptions> = {}) {
  const served = await serveFake(options)
  cleanUps.push(() => served.close(0))
  return served
}

function connect(url: string, options: ConvexClientOptions = {}): ConvexClient {
  const client = new ConvexClient(url, { logger: false, ...options })
  cleanUps.push(() => client.close())
  return client
}

async function raw(url: string, headers: Readonly<Record<string, string>> = {}): Promise<RawClient> {
  const client = await RawClient.open(url, headers)
  cleanUps.push(() => client.close())
  return client
}

function transitions(client: RawClient): Message[] {
  return client.received.filter(({ type }) => type === 'Transition')
}

describe('the unmodified client', () => {
  test('is pushed a result when, and only when, what it read has changed', async () => {
    const { url, engine } = await start()
    const client = connect(url)
    const a: unknown[] = []
    const b: unknown[] = []
    client.onUpdate(query('counter:get'), { name: 'a' }, (value) => a.push(value))
    client.onUpdate(query('counter:get'), { name: 'b' }, (value) => b.push(value))
    await vi.waitFor(() => expect([a, b]).toEqual([[0], [0]]))
    expect(await client.mutation(mutation('counter:add'), { name: 'a' })).toBe(1)
    await vi.waitFor(() => expect(a).toEqual([0, 1]))
    expect(b).toEqual([0])
    expect(engine.runs['counter:get']).toBe(3)
  })

  test('sees its own write in its queries when the mutation resolves', async () => {
    const { url } = await start()
    const client = connect(url)
    let latest: unknown
    client.onUpdate(query('counter:get'), {}, (value) => (latest = value))
    for (let expected = 1; expected <= 50; expected++) {
      await client.mutation(mutation('counter:add'), {})
      expect(latest).toBe(expected)
    }
  })

  test('runs its mutations in order, and its actions side by side', async () => {
    const { url } = await start()
    const client = connect(url)
    const results = await Promise.all(Array.from({ length: 100 }, () => client.mutation(mutation('counter:add'), {})))
    expect(results).toEqual(Array.from({ length: 100 }, (_, index) => index + 1))
    const order: unknown[] = []
    const wait = async (ms: number) => order.push(await client.action(action('text:wait'), { ms }))
    await Promise.all([wait(60), wait(1)])
    expect(order).toEqual([1, 60])
  })

  test('gets the data of an application error, and its write is not kept', async () => {
    const { url } = await start()
    const client = connect(url)
    await expect(client.mutation(mutation('counter:fail'), {})).rejects.toMatchObject({ data: { code: 'refused' } })
    expect(await client.query(query('counter:get'), {})).toBe(0)
    const text =
      /^\[CONVEX Q\(no:such\)\] \[Request ID: [0-9a-f]{16}\] Server Error\nCould not find .*\n\s*Called by client$/
    await expect(client.query(query('no:such'), {})).rejects.toThrow(text)
  })

  test('receives a result of several chunks whole, half a surrogate pair never cut off', async () => {
    const { url, engine } = await start()
    const client = connect(url)
    const unit = 'a\u{1F600}'
    const lengths: unknown[] = []
    client.onUpdate(query('text:big'), { unit, times: 1_300_000 }, (value) => lengths.push(value))
    const whole = unit.repeat(1_300_000)
    await vi.waitFor(() => expect(lengths).toHaveLength(1), 20_000)
    expect(lengths[0] === `${whole}null`).toBe(true)
    engine.write('tail', 'end')
    await vi.waitFor(() => expect(lengths).toHaveLength(2), 20_000)
    expect(lengths[1] === `${whole}end`).toBe(true)
  })

  test('calls internal functions with the admin key only', async () => {
    const { url } = await start()
    const admin = connect(url)
    setAdminAuth(admin.client)
    expect(await admin.mutation(mutation('counter:secret'), {})).toBe('inside')
    await expect(connect(url).mutation(mutation('counter:secret'), {})).rejects.toThrow('Could not find')
  })

  test('acts as a user with the admin key', async () => {
    const { url } = await start()
    const client = connect(url)
    setAdminAuth(client.client, { issuer: 'https://issuer.test', subject: 'ada' })
    expect(await client.query(query('who:am'), {})).toBe('https://issuer.test|ada')
  })
})

test('a client whose token runs out while it is connected signs in again and goes on', async () => {
  const issuer = await createTestIssuer()
  const { url, engine } = await start()
  engine.providers = [issuer.provider]
  vi.useFakeTimers({ toFake: ['Date'] })
  cleanUps.push(() => vi.useRealTimers())
  const now = Date.now()
  const expiring = await issuer.token({ exp: Math.floor(now / 1000) + 30 })
  const fresh = await issuer.token()
  let token = expiring
  const seen: unknown[] = []
  const client = connect(url)
  client.setAuth(async () => token)
  client.onUpdate(query('counter:get'), {}, (value) => seen.push(value))
  await vi.waitFor(() => expect(seen).toEqual([0]))
  token = fresh
  vi.setSystemTime(now + 40_000)
  engine.write('counter:a', 1)
  await vi.waitFor(() => expect(seen).toEqual([0, 1]), 10_000)
  expect(await client.query(query('who:am'), {})).toBe('https://issuer.test|ada')
})

describe('transitions', () => {
  test('are contiguous from {0, 0, 0}, and every mutation response is followed by one that reaches it', async () => {
    const { url, engine } = await start()
    const client = await raw(url)
    client.connect([{ udfPath: 'counter:get' }])
    for (let requestId = 0; requestId < 20; requestId++) {
      client.send({ type: 'Mutation', requestId, udfPath: 'counter:add', args: [{ name: requestId % 2 ? 'a' : 'b' }] })
      engine.write('counter:a', requestId)
    }
    await client.until(({ type, requestId }) => type === 'MutationResponse' && requestId === 19)
    client.send({ type: 'Mutation', requestId: 20, udfPath: 'counter:add', args: [{}] })
    await client.until((message) => updates(message, 0, 20) || updates(message, 0, 21) || updates(message, 0))
    await client.until(({ type, requestId }) => type === 'MutationResponse' && requestId === 20)
    const last = client.received.findIndex(({ requestId }) => requestId === 20)
    await vi.waitFor(() => expect(client.received.slice(last).some(({ type }) => type === 'Transition')).toBe(true))

    let version: unknown = { querySet: 0, ts: 'AAAAAAAAAAA=', identity: 0 }
    let owed = 0n
    for (const message of client.received) {
      if (message.type === 'MutationResponse') owed = decodeTimestamp(String(message['ts']))
      if (message.type !== 'Transition') continue
      expect(message['startVersion']).toEqual(version)
      version = message['endVersion']
      if (decodeTimestamp((message['endVersion'] as { ts: string }).ts) >= owed) owed = 0n
    }
    expect(owed).toBe(0n)
  })

  test('follow a mutation even without any query', async () => {
    const { url } = await start()
    const client = await raw(url)
    client.connect()
    client.send({ type: 'Mutation', requestId: 0, udfPath: 'counter:add', args: [{}] })
    const response = await client.until(({ type }) => type === 'MutationResponse')
    await vi.waitFor(() => {
      const after = client.received.slice(client.received.indexOf(response))
      expect(after.filter(({ type }) => type === 'Transition')).toMatchObject([{ modifications: [] }])
    })
  })

  test('evaluate all their queries on one snapshot', async () => {
    const { url } = await start()
    const client = await raw(url)
    client.connect([{ udfPath: 'counter:pair' }, { udfPath: 'counter:slow', args: { ms: 5 } }])
    for (let requestId = 0; requestId < 10; requestId++) {
      client.send({ type: 'Mutation', requestId, udfPath: 'counter:addToBoth', args: [{}] })
    }
    await client.until((message) => updates(message, 0, [10, 10]))
    const both: { pair: unknown; slow: unknown }[] = []
    for (const { modifications } of transitions(client)) {
      const [pair, slow] = [0, 1].map((id) => (modifications as Message[]).find(({ queryId }) => queryId === id))
      if (pair && slow) both.push({ pair: pair['value'], slow: [slow['value'], slow['value']] })
    }
    expect(both.map(({ pair }) => pair)).toEqual(both.map(({ slow }) => slow))
    expect(both.length).toBeGreaterThan(0)
  })

  test('lose no commit that lands while a query is evaluated', async () => {
    const { url, engine } = await start()
    const client = await raw(url)
    client.connect([{ udfPath: 'counter:slow', args: { ms: 40 } }])
    await vi.waitFor(() => expect(engine.runs['counter:slow']).toBe(1))
    engine.write('counter:a', 7)
    await client.until((message) => updates(message, 0, 7))
    expect(transitions(client).length).toBeLessThanOrEqual(2)
  })

  test('leave out unchanged results, and move the version all the same', async () => {
    const { url, engine } = await start()
    const client = await raw(url)
    client.connect([{ udfPath: 'counter:get' }])
    await client.until((message) => updates(message, 0, 0))
    engine.write('counter:a', 0)
    client.send({ type: 'ModifyQuerySet', baseVersion: 1, newVersion: 2, modifications: [] })
    await client.until(({ endVersion }) => (endVersion as { querySet: number } | undefined)?.querySet === 2)
    expect(transitions(client).map(({ modifications }) => (modifications as unknown[]).length)).toEqual([1, 0])
    expect(engine.runs['counter:get']).toBe(2)
  })

  test('leave out a failure that is the same again, although each has an id of its own', async () => {
    const { url, engine } = await start()
    const client = await raw(url)
    client.connect([{ udfPath: 'counter:positive' }, { udfPath: 'counter:get' }])
    await client.until((message) => updates(message, 1, 0))
    engine.write('counter:a', -1)
    await client.until((message) => updates(message, 1, -1))
    expect(engine.runs['counter:positive']).toBe(2)
    const failures = transitions(client).flatMap(({ modifications }) =>
      (modifications as Message[]).filter(({ type }) => type === 'QueryFailed'),
    )
    expect(failures).toHaveLength(1)
    expect(failures[0]?.['errorMessage']).toMatch(/^\[Request ID: .*\] Server Error\nUncaught Error: not positive\n$/)
  })

  test('say only QueryRemoved of a query that is removed while it is evaluated', async () => {
    const { url } = await start()
    const client = await raw(url)
    client.connect([{ udfPath: 'counter:slow', args: { ms: 40 } }])
    const modifications = [{ type: 'Remove', queryId: 0 }]
    setTimeout(() => client.send({ type: 'ModifyQuerySet', baseVersion: 1, newVersion: 2, modifications }), 10)
    await client.until(({ endVersion }) => (endVersion as { querySet: number } | undefined)?.querySet === 2)
    expect(transitions(client).flatMap((message) => message['modifications'])).toEqual([
      { type: 'QueryRemoved', queryId: 0 },
    ])
  })

  test.each([
    [{}, ''],
    [{ 'x-forwarded-for': '192.0.2.1' }, 'permessage-deflate'],
    [{ forwarded: 'for=192.0.2.1' }, 'permessage-deflate'],
  ])('are compressed for clients of other machines: %j', async (headers, extensions) => {
    const { url } = await start()
    expect((await raw(url, headers)).extensions).toBe(extensions)
  })
})

describe('a repeated request', () => {
  test('runs once for a session, also on a new socket, and is answered again', async () => {
    const { url, engine } = await start()
    const sessionId = crypto.randomUUID()
    const results: unknown[] = []
    for (let connectionCount = 0; connectionCount < 3; connectionCount++) {
      const client = await raw(url)
      client.connect([], { sessionId, connectionCount })
      client.send({ type: 'Mutation', requestId: 5, udfPath: 'counter:add', args: [{}] })
      results.push((await client.until(({ type }) => type === 'MutationResponse'))['result'])
      client.close()
    }
    expect(results).toEqual([1, 1, 1])
    expect(engine.runs['counter:add']).toBe(1)
  })

  test('of a client that lost its connection in between is applied exactly once', async () => {
    const { url, engine } = await start()
    const sockets: WebSocket[] = []
    class Recorded extends WebSocket {
      constructor(address: string | URL) {
        super(address)
        sockets.push(this)
      }
    }
    const client = connect(url, { webSocketConstructor: Recorded })
    const added = client.mutation(mutation('counter:addSlowly'), { ms: 50 })
    // Cut off before the answer can arrive; the client connects anew and sends it again.
    await vi.waitFor(() => expect(engine.runs['counter:addSlowly']).toBe(1))
    sockets[0]?.close()
    expect(await added).toBe(1)
    expect(sockets).toHaveLength(2)
    expect(engine.runs['counter:addSlowly']).toBe(1)
  })
})

test('a client that has seen a later timestamp than there is, is served what there is', async () => {
  const { url, logged } = await start()
  const client = await raw(url)
  client.connect([{ udfPath: 'counter:get' }], { maxObservedTimestamp: '/////////38=' })
  client.send({ type: 'Mutation', requestId: 0, udfPath: 'counter:add', args: [{}] })
  await client.until((message) => updates(message, 0, 1))
  expect(logged).toEqual([expect.stringContaining('later timestamp')])
})

describe('frames that are wrong', () => {
  const connect = { type: 'Connect', sessionId: 's', connectionCount: 0, lastCloseReason: null }
  const cases: Record<string, unknown[]> = {
    'no JSON': ['{'],
    'a binary frame': [Buffer.from([0, 255, 1])],
    'no object': ['null'],
    'an unknown type': [connect, { type: 'Nonsense' }],
    'no Connect first': [{ type: 'Mutation', requestId: 0, udfPath: 'counter:add', args: [{}] }],
    'Connect twice': [connect, connect],
    'a timestamp that is none': [{ ...connect, maxObservedTimestamp: 'AAAA' }],
    'a query set from a wrong version': [
      connect,
      { type: 'ModifyQuerySet', baseVersion: 3, newVersion: 4, modifications: [] },
    ],
    'a query set version that stands still': [
      connect,
      { type: 'ModifyQuerySet', baseVersion: 0, newVersion: 0, modifications: [] },
    ],
    'a query removed that is not there': [
      connect,
      { type: 'ModifyQuerySet', baseVersion: 0, newVersion: 1, modifications: [{ type: 'Remove', queryId: 9 }] },
    ],
    'an identity from a wrong version': [connect, { type: 'Authenticate', tokenType: 'None', baseVersion: 2 }],
    'a negative request': [connect, { type: 'Mutation', requestId: -1, udfPath: 'counter:add', args: [{}] }],
    'two arguments': [connect, { type: 'Action', requestId: 1, udfPath: 'text:wait', args: [{}, {}] }],
  }
  test.each(Object.entries(cases))('%s: FatalError, and only that connection ends', async (_name, frames) => {
    const { url, engine } = await start()
    const client = await raw(url)
    for (const frame of frames) client.send(frame)
    expect((await client.closed).code).toBe(1008)
    expect(client.received.at(-1)?.type).toBe('FatalError')
    expect(engine.runs).toEqual({})
    const other = await raw(url)
    other.connect([{ udfPath: 'counter:get' }])
    await other.until((message) => updates(message, 0, 0))
  })

  test('a function of a component is refused as a failed request', async () => {
    const { url } = await start()
    const client = await raw(url)
    client.connect()
    client.send({ type: 'Mutation', requestId: 0, udfPath: 'counter:add', args: [{}], componentPath: 'child' })
    const response = await client.until(({ type }) => type === 'MutationResponse')
    expect(response).toMatchObject({ success: false, result: expect.stringContaining('component') })
  })
})
