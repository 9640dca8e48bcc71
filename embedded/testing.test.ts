import { execFile, spawn } from 'node:child_process'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ConvexClient, ConvexHttpClient } from 'convex/browser'
import { makeFunctionReference } from 'convex/server'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { createTestIssuer } from './auth/test-issuer.ts'
import { RawClient, updates } from './sync/raw-client.ts'
import { decodeTimestamp } from './sync/timestamp.ts'
import { startEngine, type RunningEngine, type StartEngineOptions } from './testing.ts'

const projectDir = fileURLToPath(new URL('./fixtures/wire', import.meta.url))
const cli = fileURLToPath(new URL('./cli.mjs', import.meta.url))
const issuer = await createTestIssuer()
const query = (name: string) => makeFunctionReference<'query', Record<string, unknown>, unknown>(name)
const mutation = (name: string) => makeFunctionReference<'mutation', Record<string, unknown>, unknown>(name)

const cleanUps: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp()
})

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'embedded-convex-test-'))
  cleanUps.push(() => rm(folder, { recursive: true, force: true }))
  return folder
}

async function start(options: Partial<StartEngineOptions> = {}): Promise<RunningEngine> {
  const dataDir = options.dataDir ?? (await temporaryFolder())
  const engine = await startEngine({ projectDir, env: { JWKS: issuer.provider.jwks }, ...options, dataDir })
  cleanUps.push(() => engine.kill())
  return engine
}

/** The same ports, key and data again. */
function again(engine: RunningEngine, options: Partial<StartEngineOptions> = {}): Promise<RunningEngine> {
  const { dataDir, adminKey } = engine
  const [port, sitePort] = [engine.url, engine.siteUrl].map((url) => Number(new URL(url).port))
  return start({ dataDir, adminKey, port: port ?? 0, sitePort: sitePort ?? 0, ...options })
}

function connect(url: string): ConvexClient {
  const client = new ConvexClient(url, { logger: false })
  cleanUps.push(() => client.close())
  return client
}

async function raw(url: string): Promise<RawClient> {
  const client = await RawClient.open(url)
  cleanUps.push(() => client.close())
  return client
}

function serveArguments(data: string): string[] {
  return [cli, 'serve', '--project', projectDir, '--data', data, '--port', '0', '--site-port', '0']
}

interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** The command line, to its end. */
async function run(...args: string[]): Promise<Ended> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [cli, ...args],
      { timeout: 30_000, killSignal: 'SIGKILL' },
      (_error, stdout, stderr) => resolve({ code: child.exitCode, stdout, stderr }),
    )
  })
}

describe('a client of the real engine', () => {
  test('subscribes, mutates, and reads its own writes', async () => {
    const { url } = await start()
    const [writer, reader] = [connect(url), connect(url)]
    const seen: unknown[] = []
    reader.onUpdate(query('counter:get'), { name: 'a' }, (value) => seen.push(value))
    await vi.waitFor(() => expect(seen).toEqual([0]))
    const results = await Promise.all(
      Array.from({ length: 20 }, () => writer.mutation(mutation('counter:add'), { name: 'a' })),
    )
    expect(results).toEqual(Array.from({ length: 20 }, (_, index) => index + 1))
    await vi.waitFor(() => expect(seen.at(-1)).toBe(20))
    await expect(writer.mutation(mutation('counter:refuse'), { name: 'a' })).rejects.toMatchObject({
      data: { code: 'refused' },
    })
    expect(await writer.query(query('counter:get'), { name: 'a' })).toBe(20)
  })

  test('signs in with a token of the app, over the socket, HTTP and an HTTP action that streams', async () => {
    const { url, siteUrl } = await start()
    const token = await issuer.token()
    const client = connect(url)
    const changes: boolean[] = []
    client.setAuth(
      async () => token,
      (isAuthenticated) => changes.push(isAuthenticated),
    )
    expect(await client.query(query('who:am'), {})).toBe('https://issuer.test|ada')
    expect(changes).toEqual([true])
    const http = new ConvexHttpClient(url, { auth: token })
    expect(await http.query(query('who:am'), {})).toBe('https://issuer.test|ada')
    const headers = { authorization: `Bearer ${token}` }
    const response = await fetch(`${siteUrl}/count`, { method: 'POST', body: '3', headers })
    const pieces: string[] = []
    for await (const piece of response.body ?? []) pieces.push(new TextDecoder().decode(piece))
    expect(pieces.join('')).toBe('ada 1 2 3')
    expect(pieces.length).toBeGreaterThan(1)
  })

  test('is told that a bad token is bad, and goes on without one', async () => {
    const { url } = await start()
    const token = await issuer.token({ aud: 'elsewhere' })
    const client = connect(url)
    const changes: boolean[] = []
    client.setAuth(
      async () => token,
      (isAuthenticated) => changes.push(isAuthenticated),
    )
    await vi.waitFor(() => expect(changes).toEqual([false]), 10_000)
    expect(await client.query(query('who:am'), {})).toBeNull()
  })

  test('keeps the pages of a paginated query together over a kill -9 and a reconnect, by its journal', async () => {
    const engine = await start()
    const http = new ConvexHttpClient(engine.url)
    await http.mutation(mutation('lines:add'), { texts: ['a', 'b', 'c', 'd'] })
    const args = { paginationOpts: { numItems: 2, cursor: null, id: 1 } }
    const first = await raw(engine.url)
    first.connect([{ udfPath: 'lines:page', args }])
    const message = await first.until((candidate) => updates(candidate, 0))
    const [{ journal, value }] = message['modifications'] as [{ journal: string; value: { page: { text: string }[] } }]
    expect(value.page.map(({ text }) => text)).toEqual(['d', 'c'])
    await engine.kill()
    const restarted = await again(engine)
    await http.mutation(mutation('lines:add'), { texts: ['e'] })
    const second = await raw(restarted.url)
    second.connect()
    const add = { type: 'Add', queryId: 0, udfPath: 'lines:page', args: [args], journal }
    second.send({ type: 'ModifyQuerySet', baseVersion: 1, newVersion: 2, modifications: [add] })
    const after = await second.until((candidate) => updates(candidate, 0))
    const [resumed] = after['modifications'] as [{ value: { page: { text: string }[] } }]
    expect(resumed.value.page.map(({ text }) => text)).toEqual(['e', 'd', 'c'])
  })
})

test('a search is pushed again when what it could find is written, and only then; it outlives kill -9', async () => {
  const engine = await start()
  const client = connect(engine.url)
  const add = (...texts: string[]) => client.mutation(mutation('lines:add'), { texts })
  const seen: unknown[] = []
  client.onUpdate(query('lines:find'), { words: 'blue whal' }, (value) => seen.push(value))
  await vi.waitFor(() => expect(seen).toEqual([[]]), 10_000)
  await add('a whale', 'a blue whale', 'a red herring')
  await vi.waitFor(() => expect(seen.at(-1)).toEqual(['a blue whale', 'a whale']), 10_000)
  const metrics = async (): Promise<number> => {
    const headers = { authorization: `Convex ${engine.adminKey}` }
    const response = await fetch(`${engine.url}/api/embedded/metrics`, { headers })
    return (await response.json()).runs['lines:find']
  }
  const runs = await metrics()
  await add('a shark', 'bluer than the sea')
  expect(await metrics()).toBe(runs)
  await add('whales')
  await vi.waitFor(() => expect(seen.at(-1)).toEqual(['a blue whale', 'whales', 'a whale']), 10_000)
  expect(await metrics()).toBe(runs + 1)

  await engine.kill()
  await again(engine)
  const all = { words: 'whale', paginationOpts: { numItems: 2, cursor: null } }
  expect(await client.query(query('lines:findPage'), all)).toMatchObject({
    page: [{ text: 'a whale' }, { text: 'a blue whale' }],
    isDone: false,
  })
})

describe('after kill -9 and a restart on the same ports and data', () => {
  test('a client goes on, mutations in flight are applied exactly once, and time never goes back', async () => {
    const engine = await start()
    const client = connect(engine.url)
    const seen: number[] = []
    client.onUpdate(query('counter:get'), { name: 'a' }, (value) => seen.push(Number(value)))
    for (let count = 0; count < 10; count++) await client.mutation(mutation('counter:add'), { name: 'a' })
    // Some of these are answered, some committed and not answered, some never arrive.
    const inFlight = Array.from({ length: 30 }, () => client.mutation(mutation('counter:add'), { name: 'a' }))
    await vi.waitFor(() => expect(seen.at(-1)).toBeGreaterThan(10))
    await engine.kill()
    const restarted = await again(engine)
    expect(restarted.url).toBe(engine.url)
    expect(await Promise.all(inFlight)).toEqual(inFlight.map((_, index) => index + 11))
    expect(await client.query(query('counter:get'), { name: 'a' })).toBe(40)
    expect(seen.toSorted((left, right) => left - right)).toEqual(seen)
  })

  test('a request is answered from the record, and the latest timestamp is not before what a client saw', async () => {
    const engine = await start()
    const sessionId = crypto.randomUUID()
    const send = async (url: string, connect: object) => {
      const client = await raw(url)
      client.connect([], { sessionId, ...connect })
      client.send({ type: 'Mutation', requestId: 3, udfPath: 'counter:add', args: [{ name: 'a' }] })
      const response = await client.until(({ type }) => type === 'MutationResponse')
      const ts = decodeTimestamp(String(response['ts']))
      await client.until(({ endVersion }) => {
        const reached = (endVersion as { ts: string } | undefined)?.ts
        return reached !== undefined && decodeTimestamp(reached) >= ts
      })
      return response
    }
    const first = await send(engine.url, {})
    await engine.kill()
    const restarted = await again(engine)
    const second = await send(restarted.url, { maxObservedTimestamp: first['ts'] })
    expect(second).toEqual(first)
    expect(first['result']).toBe(1)
  })
})

test('when its data are wiped, a client goes on with what there is, and time does not go back', async () => {
  const engine = await start()
  const client = connect(engine.url)
  const seen: unknown[] = []
  client.onUpdate(query('counter:get'), { name: 'a' }, (value) => seen.push(value))
  for (let count = 0; count < 3; count++) await client.mutation(mutation('counter:add'), { name: 'a' })
  const observed = client.client.getMaxObservedTimestamp()
  await engine.kill()
  await rm(engine.dataDir, { recursive: true })
  await again(engine)
  expect(await client.mutation(mutation('counter:add'), { name: 'a' })).toBe(1)
  expect(seen.at(-1)).toBe(1)
  const later = client.client.getMaxObservedTimestamp()
  expect(observed && later && !later.lessThanOrEqual(observed)).toBe(true)
})

describe('the command line', () => {
  test('prints one line when ready, after the start function ran once, and ends cleanly on SIGTERM', async () => {
    const engine = await start({ onStart: 'counter:booted' })
    const http = new ConvexHttpClient(engine.url)
    expect(await http.query(query('counter:get'), { name: 'boots' })).toBe(1)
    await engine.stop()
    const restarted = await again(engine, { onStart: 'counter:booted' })
    expect(await new ConvexHttpClient(restarted.url).query(query('counter:get'), { name: 'boots' })).toBe(2)
  })

  test('keeps standard output to that line, with the options as given', async () => {
    const data = await temporaryFolder()
    const options = ['--admin-key', 'name|key', '--instance-name', 'mine', '--env', 'A=b=c']
    const child = spawn(process.execPath, [...serveArguments(data), ...options])
    let output = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
    await vi.waitFor(() => expect(output).toContain('\n'), 30_000)
    const { url, siteUrl, ...rest } = JSON.parse(output)
    expect(rest).toEqual({ adminKey: 'name|key' })
    expect(await (await fetch(`${url}/instance_name`)).text()).toBe('mine')
    expect((await fetch(siteUrl)).status).toBe(404)
    const gone = new Promise((resolve) => child.once('exit', (code) => resolve(code)))
    child.kill('SIGTERM')
    expect(await gone).toBe(0)
    expect(output.trimEnd().split('\n')).toHaveLength(1)
  })

  test('ends when its standard input does, if told to live with its parent', async () => {
    const data = await temporaryFolder()
    const child = spawn(process.execPath, [...serveArguments(data), '--admin-key', 'k', '--exit-with-parent'])
    await new Promise((resolve) => child.stdout.once('data', resolve))
    const gone = new Promise((resolve) => child.once('exit', (code) => resolve(code)))
    child.stdin.end()
    expect(await gone).toBe(0)
  })

  describe('says in one sentence, with exit code 1,', () => {
    const common = ['serve', '--port', '0', '--site-port', '0', '--admin-key', 'k']

    async function expectRefusal(reason: RegExp, ...args: string[]): Promise<void> {
      const { code, stdout, stderr } = await run(...args)
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
      expect(stderr.trimEnd().split('\n')).toHaveLength(1)
      expect(stderr).toMatch(reason)
    }

    test('that a port is taken', async () => {
      const { url } = await start()
      const args = ['serve', '--project', projectDir, '--data', await temporaryFolder(), '--admin-key', 'k']
      await expectRefusal(/^Port \d+ is taken/, ...args, '--port', new URL(url).port, '--site-port', '0')
    })

    test('that the data folder is in use', async () => {
      const { dataDir } = await start()
      await expectRefusal(/in use/, ...common, '--project', projectDir, '--data', dataDir)
    })

    test('that the data folder cannot be written', async () => {
      const file = join(await temporaryFolder(), 'file')
      await writeFile(file, '')
      await expectRefusal(/cannot be written/, ...common, '--project', projectDir, '--data', join(file, 'data'))
    })

    test.each([
      ['that there are no functions', null, /functions folder/],
      ['that the schema does not parse', 'export default defineSchema(', /schema/],
      ['that the schema is none', 'export default {}', /schema/],
      ['that the schema throws', 'throw new Error("no schema today")', /no schema today/],
    ])('%s', async (_name, schema, reason) => {
      const project = await temporaryFolder()
      if (schema !== null) {
        await mkdir(join(project, 'convex'))
        await writeFile(join(project, 'convex', 'schema.ts'), schema)
        await symlink(fileURLToPath(new URL('../node_modules', import.meta.url)), join(project, 'node_modules'))
      }
      await expectRefusal(reason, ...common, '--project', project, '--data', join(project, 'data'))
    })

    test('that the start function failed', async () => {
      const args = [...common, '--project', projectDir, '--data', await temporaryFolder()]
      const { code, stdout, stderr } = await run(...args, '--on-start', 'counter:bootFails')
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
      expect(stderr).toMatch(/counter:bootFails failed: .*no start today/)
    })

    test('what is wrong with the options', async () => {
      await expectRefusal(/^Usage: /, 'nonsense')
      await expectRefusal(/^--project is missing/, 'serve')
    })
  })
})
