import { afterEach, describe, expect, test, vi } from 'vitest'
import { ANONYMOUS, CredentialsError, type Caller } from '../auth/caller.ts'
import { fakeFunctions } from './fake-app.ts'
import { FakeEngine } from './fake-engine.ts'
import type { Message } from './raw-client.ts'
import { Session } from './session.ts'

const sessions: Session[] = []
afterEach(() => {
  for (const session of sessions.splice(0)) session.onClosed()
  vi.useRealTimers()
})

const ada: Caller = {
  identity: { issuer: 'https://issuer.test', subject: 'ada', tokenIdentifier: 'https://issuer.test|ada' },
  admin: false,
  expiresAt: null,
}

/** A session on a transport whose frames leave only when told to. */
function open({
  requireAuth = false,
  callers = {},
  gapMs = 0,
}: { requireAuth?: boolean; callers?: Record<string, Caller>; gapMs?: number } = {}) {
  const engine = new FakeEngine(fakeFunctions)
  const sent: Message[] = []
  const unflushed: (() => void)[] = []
  const closes: { code: number; reason: string }[] = []
  const session = new Session({
    engine,
    requireAuth,
    commitGapMs: () => gapMs,
    log: () => undefined,
    authenticator: {
      fromHeader: async () => ANONYMOUS,
      async fromMessage(message) {
        if (message.tokenType === 'None') return ANONYMOUS
        const caller = callers[message.value]
        if (caller === undefined) throw new CredentialsError('No such token.')
        return caller
      },
    },
    transport: {
      send(frames, flushed) {
        for (const frame of frames) sent.push(JSON.parse(frame))
        if (flushed) unflushed.push(flushed)
      },
      close: (code, reason) => closes.push({ code, reason }),
    },
  })
  sessions.push(session)
  engine.onCommit((commit) => session.onCommit(commit))
  const receive = (message: object) => session.receive(JSON.stringify(message))
  return {
    engine,
    session,
    sent,
    closes,
    receive,
    flush: () => unflushed.splice(0).forEach((flushed) => flushed()),
    connect: () => receive({ type: 'Connect', sessionId: 's', connectionCount: 0, lastCloseReason: null }),
    authenticate: (value: string, baseVersion: number) =>
      receive({ type: 'Authenticate', tokenType: 'User', value, baseVersion }),
    subscribe: (udfPath: string, args = {}) =>
      receive({
        type: 'ModifyQuerySet',
        baseVersion: 0,
        newVersion: 1,
        modifications: [{ type: 'Add', queryId: 0, udfPath, args: [args] }],
      }),
    transitions: () => sent.filter(({ type }) => type === 'Transition'),
  }
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 20))

test('computes nothing while two transitions wait to leave, then one that catches up', async () => {
  const { engine, connect, subscribe, transitions, flush } = open()
  connect()
  subscribe('counter:get')
  await settle()
  for (let value = 1; value <= 30; value++) {
    engine.write('counter:a', value)
    if (value % 10 === 0) await settle()
  }
  expect(transitions()).toHaveLength(2)
  expect(engine.runs['counter:get']).toBe(2)
  flush()
  await settle()
  expect(transitions()).toHaveLength(3)
  expect(transitions()[2]?.['modifications']).toMatchObject([{ value: 30 }])
  expect(engine.openSnapshots).toBe(0)
})

test('waits for more commits after a transition while the thread is busy, but not for what the client asks', async () => {
  const { engine, connect, subscribe, receive, transitions, flush } = open({ gapMs: 400 })
  connect()
  subscribe('counter:get')
  await settle()
  flush()
  for (let value = 1; value <= 3; value++) {
    engine.write('counter:a', value)
    await settle()
  }
  expect(transitions()).toHaveLength(1)
  await vi.waitFor(() => expect(transitions()).toHaveLength(2), 5_000)
  expect(transitions()[1]?.['modifications']).toMatchObject([{ value: 3 }])
  flush()
  engine.write('counter:a', 4)
  const modifications = [{ type: 'Remove', queryId: 0 }]
  receive({ type: 'ModifyQuerySet', baseVersion: 1, newVersion: 2, modifications })
  await settle()
  expect(transitions()).toHaveLength(3)
})

test('hands a journal back when the query runs again', async () => {
  const { engine, connect, receive, transitions } = open()
  connect()
  const add = { type: 'Add', queryId: 0, udfPath: 'counter:get', args: [{}], journal: 'page ends here' }
  receive({ type: 'ModifyQuerySet', baseVersion: 0, newVersion: 1, modifications: [add] })
  await settle()
  engine.write('counter:a', 1)
  await settle()
  const journals = transitions().flatMap(({ modifications }) => (modifications as Message[]).map((m) => m['journal']))
  expect(journals).toEqual(['page ends here', 'page ends here'])
})

test('a mutation that waits when the socket goes is left to the next connection', async () => {
  const { engine, session, connect, receive } = open()
  connect()
  for (const requestId of [0, 1]) {
    receive({ type: 'Mutation', requestId, udfPath: 'counter:addSlowly', args: [{ ms: 100 }] })
  }
  await settle()
  session.onClosed()
  await new Promise((resolve) => setTimeout(resolve, 150))
  expect(engine.runs['counter:addSlowly']).toBe(1)
})

test('a query that is added and removed at once is only ever heard of as removed', async () => {
  const { connect, receive, transitions, engine } = open()
  connect()
  const add = { type: 'Add', queryId: 0, udfPath: 'counter:get', args: [{}] }
  const modifications = [add, { type: 'Remove', queryId: 0 }]
  receive({ type: 'ModifyQuerySet', baseVersion: 0, newVersion: 1, modifications })
  await settle()
  expect(transitions()).toMatchObject([
    { endVersion: { querySet: 1 }, modifications: [{ type: 'QueryRemoved', queryId: 0 }] },
  ])
  expect(engine.runs).toEqual({})
})

test('a thousand mutations may wait behind the one that runs, no more', async () => {
  const { engine, connect, receive, closes } = open()
  engine.mutation = () => Promise.withResolvers<never>().promise
  connect()
  for (let requestId = 0; requestId <= 1000; requestId++) {
    receive({ type: 'Mutation', requestId, udfPath: 'counter:add', args: [{}] })
  }
  await settle()
  expect(closes).toEqual([])
  receive({ type: 'Mutation', requestId: 1001, udfPath: 'counter:add', args: [{}] })
  await settle()
  expect(closes).toMatchObject([{ code: 1011, reason: expect.stringMatching(/^TooManyConcurrentRequests/) }])
})

test('an internal failure ends the connection and tells nothing of the inside', async () => {
  const { engine, connect, receive, sent, closes } = open()
  engine.mutation = async () => {
    throw new Error('disk on fire at /secret/path')
  }
  connect()
  receive({ type: 'Mutation', requestId: 0, udfPath: 'counter:add', args: [{}] })
  await settle()
  expect(closes).toEqual([{ code: 1011, reason: 'InternalServerError' }])
  expect(sent).toEqual([])
})

describe('authentication', () => {
  test('shows as a higher identity version, and queries run again for the new caller', async () => {
    const { connect, subscribe, authenticate, transitions } = open({ callers: { good: ada } })
    connect()
    subscribe('who:am')
    await settle()
    authenticate('good', 0)
    await settle()
    expect(transitions()).toMatchObject([
      { endVersion: { identity: 0 }, modifications: [{ value: null }] },
      { endVersion: { identity: 1 }, modifications: [{ value: 'https://issuer.test|ada' }] },
    ])
  })

  test('of the same person again moves the version and runs nothing', async () => {
    const { engine, connect, subscribe, authenticate, transitions, flush } = open({
      callers: { one: ada, two: { ...ada } },
    })
    connect()
    authenticate('one', 0)
    subscribe('who:am')
    await settle()
    flush()
    authenticate('two', 1)
    await settle()
    expect(transitions().at(-1)).toMatchObject({ endVersion: { identity: 2 }, modifications: [] })
    expect(engine.runs['who:am']).toBe(1)
  })

  test('holds up what follows until it is decided', async () => {
    const { connect, subscribe, authenticate, transitions } = open({ callers: { good: ada } })
    connect()
    authenticate('good', 0)
    subscribe('who:am')
    await settle()
    expect(transitions()).toMatchObject([{ modifications: [{ value: 'https://issuer.test|ada' }] }])
  })

  test('with a bad token is an AuthError from the version before, then the end', async () => {
    const { connect, authenticate, sent, closes } = open({ callers: { good: ada } })
    connect()
    authenticate('good', 0)
    authenticate('bad', 1)
    await settle()
    expect(sent.at(-1)).toEqual({
      type: 'AuthError',
      error: 'No such token.',
      baseVersion: 1,
      authUpdateAttempted: true,
    })
    expect(closes).toHaveLength(1)
  })

  test.each(['Mutation', 'Action', 'query'])('that expired stops the next %s with an AuthError', async (kind) => {
    const { engine, connect, authenticate, subscribe, receive, sent } = open({
      callers: { old: { ...ada, expiresAt: Date.now() - 6_000 } },
    })
    connect()
    authenticate('old', 0)
    if (kind === 'query') subscribe('who:am')
    else receive({ type: kind, requestId: 0, udfPath: kind === 'Action' ? 'text:wait' : 'counter:add', args: [{}] })
    await settle()
    expect(sent.filter(({ type }) => type === 'AuthError')).toMatchObject([
      { baseVersion: 1, authUpdateAttempted: false },
    ])
    expect(engine.runs).toEqual({})
  })
})

describe('where authentication is required', () => {
  test('nothing runs before it, and what was asked before it runs after', async () => {
    const { engine, connect, subscribe, receive, authenticate, transitions } = open({
      requireAuth: true,
      callers: { good: ada },
    })
    connect()
    subscribe('who:am')
    receive({ type: 'Mutation', requestId: 0, udfPath: 'counter:add', args: [{}] })
    await settle()
    expect(engine.runs).toEqual({})
    authenticate('good', 0)
    await settle()
    expect(transitions()[0]).toMatchObject({ modifications: [{ value: 'https://issuer.test|ada' }] })
    expect(engine.runs).toMatchObject({ 'counter:add': 1 })
  })

  test.each([
    ['no token', () => undefined],
    [
      'the word that there is none',
      ({ receive }: ReturnType<typeof open>) => receive({ type: 'Authenticate', tokenType: 'None', baseVersion: 0 }),
    ],
  ])('a socket that brings %s is closed with 4401 after two seconds', async (_name, act) => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const opened = open({ requireAuth: true })
    opened.connect()
    act(opened)
    await vi.advanceTimersByTimeAsync(1_900)
    expect(opened.closes).toEqual([])
    await vi.advanceTimersByTimeAsync(200)
    expect(opened.closes).toMatchObject([{ code: 4401 }])
  })

  test('a verified socket stays; one that signs out has two seconds to sign in again', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const { connect, authenticate, receive, closes } = open({ requireAuth: true, callers: { good: ada } })
    connect()
    authenticate('good', 0)
    await vi.advanceTimersByTimeAsync(60_000)
    expect(closes).toEqual([])
    receive({ type: 'Authenticate', tokenType: 'None', baseVersion: 1 })
    await vi.advanceTimersByTimeAsync(2_100)
    expect(closes).toMatchObject([{ code: 4401 }])
  })

  test('a socket that never says Connect is closed after thirty seconds', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const { closes } = open({ requireAuth: true })
    await vi.advanceTimersByTimeAsync(31_000)
    expect(closes).toMatchObject([{ code: 4401 }])
  })
})
