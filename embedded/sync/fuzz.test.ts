/** Ten thousand wrong frames and requests against the real command: what they are told, and that nothing comes of them. */
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rm } from 'node:fs/promises'
import { DatabaseSync } from 'node:sqlite'
import { ConvexHttpClient } from 'convex/browser'
import { makeFunctionReference } from 'convex/server'
import { afterEach, expect, test } from 'vitest'
import { startEngine, type RunningEngine } from '../testing.ts'
import { seededRandom } from '../values/seeded-random.ts'
import { FuzzClient, type Fate } from './fuzz-client.ts'
import { RawClient, updates } from './raw-client.ts'

const seed = Math.floor(Math.random() * 2 ** 32)
const FRAMES = 4_000
const REQUESTS = 6_000
const AT_ONCE = 8

const cleanUps: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp()
})

type Random = () => number

function pick<Item>(random: Random, items: readonly Item[]): Item {
  const item = items[Math.floor(random() * items.length)]
  if (item === undefined) throw new RangeError('Nothing to pick from')
  return item
}

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
const deep = `${'['.repeat(10_000)}${']'.repeat(10_000)}`

/** Calls that fail for what they name or bring: an answer, and the connection goes on. */
function wrongCall(random: Random, ids: Ids): { udfPath: string; args: unknown[]; says: RegExp } {
  return pick(random, [
    { udfPath: 'no/such:function', args: [{}], says: /Could not find public function for 'no\/such:function'/ },
    { udfPath: '\ud800:\0', args: [{}], says: /Could not find public function/ },
    { udfPath: 'counter:booted', args: [{}], says: /Could not find public function/ },
    { udfPath: 'counter:ofId', args: [{ id: ids.line }], says: /does not match|as (?:Mutation|Action), but/ },
    { udfPath: 'counter:ofId', args: [{ id: 'nonsense' }], says: /does not match|as (?:Mutation|Action), but/ },
    {
      udfPath: 'counter:refuseMuch',
      args: [{ name: pick(random, odd), more: 1 }],
      says: /Validation|Invalid arg|but it is/,
    },
    { udfPath: 'counter:refuseMuch', args: [{ name: '\udc00' }], says: /unpaired surrogate|but it is defined/ },
    { udfPath: 'counter:refuseMuch', args: [{ name: { $integer: 'AA' } }], says: /Validation|but it is defined/ },
    { udfPath: 'counter:refuseMuch', args: [{ $name: 1 }], says: /Validation|but it is defined/ },
    { udfPath: 'counter:refuseMuch', args: [pick(random, [null, 7, 'x', [{}]])], says: /Validation|but it is defined/ },
    { udfPath: 'counter:refuseMuch', args: [{ name: 'a' }], says: /refused|but it is defined/ },
  ])
}

interface Ids {
  readonly line: string
  /** Of another query. */
  readonly cursor: string
}

/** A frame and what becomes of it. */
interface WrongFrame {
  readonly frame: string | Buffer
  readonly fate: Fate
}

function wrongFrame(random: Random, client: FuzzClient, ids: Ids): WrongFrame {
  const { connect, querySet, nextId } = client.state
  const call = wrongCall(random, ids)
  const { udfPath, args, says } = call
  const kind = pick(random, ['Mutation', 'Action'])
  const request = { type: kind, requestId: nextId, udfPath, args }
  const set = { type: 'ModifyQuerySet', baseVersion: querySet, newVersion: querySet + 1 }
  const add = { type: 'Add', queryId: nextId, udfPath, args }
  const page = { cursor: pick(random, [ids.cursor, 'x', '', '!'.repeat(999)]), numItems: 1 }
  const fatal = (frame: object | string | Buffer): WrongFrame => ({
    frame: typeof frame === 'string' || Buffer.isBuffer(frame) ? frame : JSON.stringify(frame),
    fate: { kind: 'fatal' },
  })
  const failed = (frame: object, says: RegExp): WrongFrame => ({
    frame: JSON.stringify(frame),
    fate: { kind: 'refused', says },
  })
  const refused = () => failed(request, says)
  const failedQuery = () => failed({ ...set, modifications: [add] }, says)
  const invalid = { type: 'Authenticate', tokenType: 'User', value: pick(random, ['', 'a.b.c', 'x'.repeat(9000)]) }
  return pick<() => WrongFrame>(random, [
    refused,
    refused,
    refused,
    failedQuery,
    failedQuery,
    () =>
      failed(
        { ...set, modifications: [{ ...add, udfPath: 'lines:page', args: [{ paginationOpts: page }] }] },
        /InvalidCursor/,
      ),
    () => failed({ ...request, componentPath: 'no/such' }, /component/),
    () => ({
      frame: `{"type":"Action","requestId":${nextId},"udfPath":"a:b","args":[${deep}]}`,
      fate: { kind: 'refused', says: /a:b/ },
    }),
    () => fatal(JSON.stringify(request).slice(0, Math.floor(random() * 20))),
    () => fatal(Buffer.from(JSON.stringify(request))),
    () => fatal({ ...request, type: pick(random, ['', 'Nonsense', 'Ping', 'transition', 7]) }),
    () => fatal({ ...request, requestId: pick(random, [-1, 0.5, 2 ** 33, '1', null]) }),
    () => fatal({ ...request, args: pick(random, [null, {}, [{}, {}], 'x']) }),
    () => fatal(connect),
    () => fatal({ ...set, baseVersion: querySet + 1 + Math.floor(random() * 9), modifications: [] }),
    () => fatal({ ...set, newVersion: querySet, modifications: [] }),
    () => fatal({ ...set, modifications: [{ type: 'Remove', queryId: 2 ** 31 }] }),
    () => fatal({ ...set, modifications: [add, add] }),
    () => fatal({ type: 'Authenticate', tokenType: 'None', baseVersion: 1 }),
    () => ({ frame: JSON.stringify({ ...invalid, baseVersion: 0 }), fate: { kind: 'unauthenticated' } }),
    () => ({
      frame: JSON.stringify({ type: 'Authenticate', tokenType: 'Admin', value: 'key', baseVersion: 0 }),
      fate: { kind: 'unauthenticated' },
    }),
    () => ({ frame: Buffer.from([0x22, 0xff, 0xc0, 0x22]), fate: { kind: 'invalid text' } }),
    () => ({
      frame: bent(random, { ...request, udfPath: 'counter:refuseMuch', args: [{ name: 'a' }] }),
      fate: { kind: 'any' },
    }),
    () => ({ frame: bent(random, { ...set, modifications: [add] }), fate: { kind: 'any' } }),
    () => ({ frame: bent(random, connect), fate: { kind: 'any' } }),
  ])()
}

/** A message with one part replaced, cut off, or a character changed. */
function bent(random: Random, message: object): string {
  const changed: Record<string, unknown> = { ...message }
  if (random() < 0.7) changed[pick(random, [...Object.keys(message), 'extra'])] = pick(random, odd)
  const text = JSON.stringify(changed)
  if (random() < 0.3) return text.slice(0, Math.floor(random() * text.length))
  if (random() < 0.5) return text.replace(pick(random, [...text]), pick(random, ['"', '}', '\\', '\u0000', '7']))
  return text
}

interface WrongRequest {
  readonly path: string
  readonly init: RequestInit
  /** Of the answer; a failed function is a 200. */
  readonly status: readonly number[]
  readonly says: RegExp
}

function wrongRequest(random: Random, ids: Ids): WrongRequest {
  const { udfPath: path, args, says } = wrongCall(random, ids)
  const route = pick(random, ['query', 'mutation', 'action', 'function'])
  const body = { path, args, format: 'convex_encoded_json' }
  const post = (to: string, body: BodyInit, status: readonly number[], says: RegExp, headers = {}): WrongRequest => ({
    path: to,
    init: { method: 'POST', body, headers },
    status,
    says,
  })
  const code = /^\{"code":"\w+","message":".+"\}$/
  const paginationOpts = { cursor: ids.cursor, numItems: 1 }
  return pick(random, [
    () =>
      post(
        `/api/${route}`,
        JSON.stringify(body),
        [200],
        new RegExp(`"status":"error".*(?:${says.source}|but it is)`, 's'),
      ),
    () => post(`/api/${route}`, JSON.stringify(body), [200], /"status":"error"/),
    () =>
      post('/api/query', JSON.stringify({ path: 'lines:page', args: [{ paginationOpts }] }), [200], /InvalidCursor/),
    () => post('/api/query_batch', JSON.stringify({ queries: [body] }), [200], /"results":\[\{"status":"error"/),
    () =>
      post(
        `/api/run/${pick(random, ['no/such', '%00', '..%2f..%2fx', 'counter/booted'])}`,
        '{"args":{}}',
        [200],
        /"error"/,
      ),
    () => post(`/api/${route}`, `{"path":"a:b","args":${deep}}`, [200], /"status":"error"/),
    () => post(`/api/${route}`, JSON.stringify(body).slice(0, -1 - Math.floor(random() * 30)), [400], code),
    () => post(`/api/${route}`, Buffer.from([0x7b, 0xff, 0xfe, 0x7d]), [400], code),
    () => post(`/api/${route}`, JSON.stringify({ ...body, path: pick(random, [null, 7, '', {}]) }), [400], code),
    () => post(`/api/${route}`, JSON.stringify({ ...body, args: [{}, {}] }), [400], code),
    () => post(`/api/${route}`, JSON.stringify({ ...body, format: 'xml' }), [400], code),
    () =>
      post(
        '/api/query_at_ts',
        JSON.stringify({ ...body, ts: pick(random, ['', 'AAAA', 'AAAAAAAAAAA=']) }),
        [400],
        code,
      ),
    () =>
      post(`/api/${route}`, JSON.stringify(body), [401], code, {
        authorization: pick(random, ['x', 'Bearer x', 'Convex k']),
      }),
    () => post(`/api/${pick(random, ['', 'sync', 'nonsense', 'query/'])}`, '{}', [404], code),
    () => ({ path: `/api/${pick(random, ['mutation', 'action'])}`, init: {}, status: [405], says: code }),
    () => ({ path: '/api/query?path=counter:get&args=%7B', init: {}, status: [400], says: code }),
    () => post(`/api/${route}`, bent(random, { ...body, path: 'counter:refuseMuch' }), [200, 400], /error|code/),
  ])()
}

test(`${FRAMES} wrong frames and ${REQUESTS} wrong requests (seed ${seed}) get their answer and change nothing`, async () => {
  const engine = await startEngine({ projectDir: fileURLToPath(new URL('../fixtures/wire', import.meta.url)) })
  cleanUps.push(() => rm(engine.dataDir, { recursive: true, force: true }))
  cleanUps.push(() => engine.kill())
  const http = new ConvexHttpClient(engine.url, { logger: false })
  const add = () => http.mutation(makeFunctionReference<'mutation'>('counter:add'), { name: 'a' })
  await add()
  await http.mutation(makeFunctionReference<'mutation'>('lines:add'), { texts: ['one', 'two', 'three'] })
  const ids = await someIds(http)
  const witness = await RawClient.open(engine.url)
  witness.connect([{ udfPath: 'counter:get', args: { name: 'a' } }])
  await witness.until((message) => updates(message, 0, 1))
  const before = contentOf(engine)
  const halfOpen = await openHalf(engine.url)

  const surprises: unknown[] = []
  await atOnce(FRAMES, async (random, turns) => {
    const client = new FuzzClient(engine.url)
    for (let turn = 0; turn < turns; turn++) {
      await client.ready()
      const wrong = wrongFrame(random, client, ids)
      const surprise = await client.suffer(wrong.frame, wrong.fate)
      if (surprise !== null) surprises.push({ surprise, ...wrong, frame: wrong.frame.toString().slice(0, 300) })
    }
    client.close()
  })
  await atOnce(REQUESTS, async (random, turns) => {
    for (let turn = 0; turn < turns; turn++) {
      const { path, init, status, says } = wrongRequest(random, ids)
      const response = await fetch(engine.url + path, init)
      const text = await response.text()
      if (status.includes(response.status) && says.test(text)) continue
      surprises.push({
        path,
        body: String(init.body).slice(0, 300),
        wanted: [status, says],
        got: [response.status, text],
      })
    }
  })
  await tooLarge(engine.url)
  expect(surprises.slice(0, 5)).toEqual([])

  expect(contentOf(engine)).toEqual(before)
  expect(process.kill(engine.pid, 0)).toBe(true)
  expect(engine.stderr()).not.toMatch(/^(?:http: |Unhandled|sync: (?!socket error))/m)
  expect(witness.received.filter(({ type }) => type !== 'Ping')).toHaveLength(1)
  expect(await add()).toBe(2)
  await witness.until((message) => updates(message, 0, 2))
  await engine.stop()
  for (const socket of halfOpen) socket.destroy()
}, 300_000)

/** Several workers share a number of turns; what each does follows from the seed, whatever the others do. */
async function atOnce(turns: number, work: (random: Random, turns: number) => Promise<void>): Promise<void> {
  const workers = Array.from({ length: AT_ONCE }, (_, worker) => seededRandom(seed + worker))
  await Promise.all(workers.map((random) => work(random, turns / AT_ONCE)))
}

async function someIds(http: ConvexHttpClient): Promise<Ids> {
  const search = makeFunctionReference<'query'>('lines:findPage')
  const found = await http.query(search, { words: 'one', paginationOpts: { cursor: null, numItems: 1 } })
  return { line: String(found.page[0]._id), cursor: String(found.continueCursor) }
}

/** All rows of all tables of the database, clock included. */
function contentOf(engine: RunningEngine): string[] {
  const database = new DatabaseSync(join(engine.dataDir, 'data.sqlite'), { readOnly: true })
  const tables = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").all()
  const content = tables.map(({ name }) => {
    const statement = database.prepare(`SELECT * FROM ${String(name)}`)
    statement.setReadBigInts(true)
    const rows = statement.all().map((row) => Object.values(row).map(String).join())
    return `${String(name)}: ${rows.join('; ')}`
  })
  database.close()
  return content
}

/** Connections that stop in the middle of something and stay. */
async function openHalf(url: string): Promise<Socket[]> {
  const { port, host } = new URL(url)
  const upgrade =
    `GET /api/1.48.0/sync HTTP/1.1\r\nHost: ${host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
    'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n'
  const beginnings: (string | Buffer)[] = [
    '',
    'GET /ver',
    `POST /api/mutation HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 100\r\n\r\n{"path":`,
    upgrade.slice(0, 60),
    upgrade,
    // The head of a frame of a million bytes, and a few of them.
    Buffer.concat([Buffer.from(upgrade), Buffer.from([0x81, 0xff, 0, 0, 0, 0, 0, 15, 66, 64, 1, 2, 3, 4, 5, 6])]),
    'nonsense\r\n\r\n',
  ]
  return Promise.all(
    beginnings.map(async (beginning) => {
      const socket = connect({ port: Number(port), host: '127.0.0.1' })
      socket.on('error', () => socket.destroy())
      await new Promise((resolve) => socket.once('connect', resolve))
      socket.write(beginning)
      return socket
    }),
  )
}

async function tooLarge(url: string): Promise<void> {
  const client = await RawClient.open(url)
  client.send(`"${'x'.repeat(33 * 1024 * 1024)}"`)
  expect((await client.closed).code).toBe(1009)
  const body = 'x'.repeat(33 * 1024 * 1024)
  // A server that refuses early may close before all is sent; both are a refusal.
  const status = await fetch(`${url}/api/mutation`, { method: 'POST', body }).then(
    (response) => response.status,
    () => 413,
  )
  expect(status).toBe(413)
}
