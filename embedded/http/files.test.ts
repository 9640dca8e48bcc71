import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { readdir, rm, stat, writeFile } from 'node:fs/promises'
import { mkdtempSync } from 'node:fs'
import { request as httpRequest } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ConvexClient, ConvexHttpClient } from 'convex/browser'
import { makeFunctionReference } from 'convex/server'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { createTestIssuer } from '../auth/test-issuer.ts'
import { UploadTokens } from '../files/upload-tokens.ts'
import { sendRequest } from '../fixtures/send-request.ts'
import { startEngine, type RunningEngine, type StartEngineOptions } from '../testing.ts'

const projectDir = fileURLToPath(new URL('../fixtures/files', import.meta.url))
const origin = 'chrome-extension://abcdefghijklmnopabcdefghijklmnop'
const issuer = await createTestIssuer()
const query = (name: string) => makeFunctionReference<'query', Record<string, unknown>>(name)
const mutation = (name: string) => makeFunctionReference<'mutation', Record<string, unknown>>(name)
const action = (name: string) => makeFunctionReference<'action', Record<string, unknown>>(name)

/** Long enough to end only a test that would wait for ever. */
const waiting = { timeout: 20_000 }

const cleanUps: (() => unknown)[] = []
let engine: RunningEngine
let client: ConvexHttpClient
beforeAll(async () => {
  engine = await start()
  client = clientOf(engine)
})
afterAll(async () => {
  for (const cleanUp of cleanUps.toReversed()) await cleanUp()
})

async function start(options: Partial<StartEngineOptions> = {}): Promise<RunningEngine> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'embedded-files-test-'))
  const started = await startEngine({ projectDir, env: { JWKS: issuer.provider.jwks }, ...options, dataDir })
  cleanUps.push(async () => {
    await started.kill()
    await rm(dataDir, { recursive: true, force: true })
  })
  return started
}

function clientOf({ url }: RunningEngine): ConvexHttpClient {
  return new ConvexHttpClient(url, { logger: false })
}

const uploadUrl = async (): Promise<string> => await client.mutation(mutation('files:uploadUrl'), {})

async function upload(body: BodyInit, headers: Record<string, string> = {}): Promise<string> {
  const answer = await fetch(await uploadUrl(), { method: 'POST', body, headers })
  expect(answer.status).toBe(200)
  const { storageId }: { storageId: string } = await answer.json()
  return storageId
}

/** Sends the first part of a file and waits until some of it is on the disk. Gives what breaks it off. */
async function beginUpload(to: RunningEngine, url: string): Promise<() => void> {
  const request = httpRequest(url, { method: 'POST', headers: { 'content-length': '1000' } })
  request.on('error', () => undefined)
  request.write('the first part')
  await vi.waitFor(async () => expect(await contentsOf(to)).toContainEqual(expect.stringMatching(/\.part$/)), waiting)
  return () => request.destroy()
}

const urlOf = async (id: string): Promise<string> => await client.query(query('files:url'), { id })

async function uploaded(body: BodyInit, type: string): Promise<string> {
  return urlOf(await upload(body, { 'content-type': type }))
}

const contentsOf = ({ dataDir }: RunningEngine): Promise<string[]> => readdir(join(dataDir, 'files'))

const sha256 = (content: string) => createHash('sha256').update(content).digest('base64')

describe('an uploaded file', () => {
  test('is a row of _storage and is served as it came', async () => {
    const content = '{"a":"ä"}'
    const id = await upload(content, { 'content-type': 'application/json', digest: `sha-256=${sha256(content)}` })
    const row = { _id: id, _creationTime: expect.any(Number), sha256: sha256(content), size: 10 }
    expect(await client.query(query('files:row'), { id })).toEqual({ ...row, contentType: 'application/json' })
    expect(await client.query(query('files:rows'), {})).toContainEqual({ ...row, contentType: 'application/json' })
    const url = await urlOf(id)
    expect(url).toMatch(new RegExp(`^${engine.url}/api/storage/[0-9a-f-]{36}$`))
    const answer = await fetch(url)
    expect(answer.status).toBe(200)
    expect(await answer.text()).toBe(content)
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'application/json',
      'content-length': '10',
      'cache-control': expect.stringMatching(/^private, max-age=\d+$/),
      'accept-ranges': 'bytes',
      'access-control-allow-origin': '*',
      'x-content-type-options': 'nosniff',
      digest: `sha-256=${sha256(content)}`,
    })
  })

  test('may have no type', async () => {
    const id = await upload(new Uint8Array([1, 2, 3]))
    expect(await client.query(query('files:row'), { id })).toMatchObject({ contentType: null, size: 3 })
    expect((await sendRequest(await urlOf(id))).headers['content-type']).toBe('application/octet-stream')
  })

  test('may be empty', async () => {
    const url = await uploaded('', 'text/plain')
    expect(await sendRequest(url)).toMatchObject({ status: 200, body: '' })
    expect((await sendRequest(url, { headers: { range: 'bytes=0-' } })).status).toBe(416)
  })

  test('may be larger than any other body, and of a length not known before', async () => {
    const piece = randomBytes(1 << 20)
    const pieces = 48
    const body = new ReadableStream({
      start: () => undefined,
      pull(controller) {
        controller.enqueue(piece)
        if (++sent === pieces) controller.close()
      },
    })
    let sent = 0
    const init: RequestInit & { duplex: 'half' } = { method: 'POST', body, duplex: 'half' }
    const { storageId } = (await (await fetch(await uploadUrl(), init)).json()) as { storageId: string }
    const hash = createHash('sha256')
    for (let count = 0; count < pieces; count++) hash.update(piece)
    const expected = hash.digest('base64')
    expect(await client.query(query('files:row'), { id: storageId })).toMatchObject({
      sha256: expected,
      size: 48 << 20,
    })
    const served = createHash('sha256')
    for await (const chunk of (await fetch(await urlOf(storageId))).body ?? []) served.update(chunk)
    expect(served.digest('base64')).toBe(expected)
  })

  test.runIf(process.platform !== 'win32')('is readable for the owner of the data alone', async () => {
    const uuid = (await uploaded('private', 'text/plain')).split('/').at(-1) ?? ''
    const modes = ['files', join('files', uuid), 'upload.key'].map(async (path) => {
      return ((await stat(join(engine.dataDir, path))).mode & 0o777).toString(8)
    })
    expect(await Promise.all(modes)).toEqual(['700', '600', '600'])
  })

  test('is known by its UUID too, to functions that keep those', async () => {
    const id = await upload('old', { 'content-type': 'text/plain' })
    const uuid = (await urlOf(id)).split('/').at(-1)
    const hex = Buffer.from(sha256('old'), 'base64').toString('hex')
    const metadata = { storageId: uuid, sha256: hex, size: 3, contentType: 'text/plain' }
    expect(await client.query(query('files:metadata'), { id })).toEqual(metadata)
    expect(await client.query(query('files:metadata'), { id: uuid })).toEqual(metadata)
  })
})

describe('a refused upload', () => {
  test.each([
    ['no token', () => ''],
    ['a token from nowhere', () => 'AAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAA'],
    ['a changed token', (tokens: UploadTokens) => `A${tokens.issue(Date.now(), '').slice(1).replace(/^./, 'B')}`],
    ['a signature cut short', (tokens: UploadTokens) => tokens.issue(Date.now(), '').slice(0, -8)],
    ['an expired token', (tokens: UploadTokens) => tokens.issue(Date.now() - 3_600_001, '')],
    ['a token of another server', () => UploadTokens.open(join(tmpdir(), randomUUID())).issue(Date.now(), '')],
  ])('with %s stores nothing', async (_name, token) => {
    const before = await contentsOf(engine)
    const tokens = UploadTokens.open(join(engine.dataDir, 'upload.key'))
    const url = `${engine.url}/api/storage/upload?token=${token(tokens)}`
    const answer = await sendRequest(url, { method: 'POST', body: 'x' })
    expect(answer.status).toBe(401)
    expect(JSON.parse(answer.body)).toEqual({
      code: expect.stringMatching(/^StorageToken(Invalid|Expired)$/),
      message: expect.stringMatching(/upload address/),
    })
    expect(await contentsOf(engine)).toEqual(before)
    // The key that this test reads is the right one.
    const valid = `${engine.url}/api/storage/upload?token=${tokens.issue(Date.now() - 3_500_000, '')}`
    expect((await sendRequest(valid, { method: 'POST', body: 'x' })).status).toBe(200)
  })

  test.each([
    ['another digest', { digest: `sha-256=${sha256('other')}` }, 'Sha256Mismatch'],
    ['a digest that is none', { digest: 'sha-256=abc' }, 'InvalidDigest'],
    ['a digest of another kind', { digest: 'md5=1B2M2Y8AsgTpgAmY7PhCfg==' }, 'BadHeader'],
    ['a type that is none', { 'content-type': 'text' }, 'BadHeader'],
    ['a type with a comma', { 'content-type': 'text/html, text/plain' }, 'BadHeader'],
  ])('with %s stores nothing', async (_name, headers, code) => {
    const [contents, rows] = [await contentsOf(engine), await client.query(query('files:rows'), {})]
    const answer = await sendRequest(await uploadUrl(), { method: 'POST', body: 'x', headers })
    expect(answer.status).toBe(400)
    expect(JSON.parse(answer.body)).toEqual({ code, message: expect.any(String) })
    expect(await contentsOf(engine)).toEqual(contents)
    expect(await client.query(query('files:rows'), {})).toEqual(rows)
  })

  test('that breaks off leaves nothing', async () => {
    const before = await contentsOf(engine)
    const url = await uploadUrl()
    const breakOff = await beginUpload(engine, url)
    breakOff()
    await vi.waitFor(async () => expect(await contentsOf(engine)).toEqual(before), waiting)
    expect((await sendRequest(url, { method: 'POST', body: 'whole' })).status).toBe(200)
  })

  test('that is too large is told so, announced or not', async () => {
    const small = await start({ maxFileSize: 1_000 })
    const post = async (length: number, headers: Record<string, string>) => {
      const url: string = await clientOf(small).mutation(mutation('files:uploadUrl'), {})
      return (await sendRequest(url, { method: 'POST', body: 'x'.repeat(length), headers })).status
    }
    expect(await post(1_000, {})).toBe(200)
    expect(await post(1_001, {})).toBe(413)
    expect(await post(1_001, { 'transfer-encoding': 'chunked' })).toBe(413)
    expect(await contentsOf(small)).toHaveLength(1)
    const args = { text: 'x'.repeat(1_001), type: '' }
    await expect(clientOf(small).action(action('stored:inAction'), args)).rejects.toThrow('larger than 1000 bytes')
  })

  test.each(['GET', 'PUT', 'DELETE'])('by %s is no upload', async (method) => {
    expect((await sendRequest(await uploadUrl(), { method })).status).toBe(405)
  })
})

describe('a file is served', () => {
  test.each([
    ['bytes=0-3', 206, 'bytes 0-3/10', '0123'],
    ['bytes=4-', 206, 'bytes 4-9/10', '456789'],
    ['bytes=-2', 206, 'bytes 8-9/10', '89'],
    ['bytes=8-99', 206, 'bytes 8-9/10', '89'],
    ['bytes=10-', 416, 'bytes */10', ''],
    ['bytes=0-1,4-5', 200, undefined, '0123456789'],
  ])('in part: %s', async (range, status, contentRange, body) => {
    const { headers, ...answer } = await sendRequest(await uploaded('0123456789', 'text/plain'), { headers: { range } })
    expect(answer).toEqual({ status, body })
    expect(headers['content-range']).toBe(contentRange)
    expect(headers['content-length']).toBe(`${body.length}`)
  })

  test('in part only while it is the same', async () => {
    const url = await uploaded('0123456789', 'text/plain')
    const etag = (await sendRequest(url)).headers.etag ?? ''
    const part = (ifRange: string) => sendRequest(url, { headers: { range: 'bytes=0-3', 'if-range': ifRange } })
    expect(await part(etag)).toMatchObject({ status: 206, body: '0123' })
    expect(await part('"other"')).toMatchObject({ status: 200, body: '0123456789' })
  })

  test('by its headers alone', async () => {
    const url = await uploaded('0123456789', 'text/plain')
    const answer = await sendRequest(url, { method: 'HEAD', headers: { range: 'bytes=0-3' } })
    expect(answer).toMatchObject({ status: 200, body: '', headers: { 'content-length': '10' } })
    const etag = answer.headers.etag ?? ''
    expect(await sendRequest(url, { headers: { 'if-none-match': `"x", ${etag}` } })).toMatchObject({
      status: 304,
      body: '',
    })
    expect((await sendRequest(url, { headers: { 'if-none-match': '"x"' } })).status).toBe(200)
  })

  test.each([
    ['text/html', 'attachment', "default-src 'none'; sandbox"],
    ['image/svg+xml', 'attachment', "default-src 'none'; sandbox"],
    ['TEXT/HTML; charset=utf-8', 'attachment', "default-src 'none'; sandbox"],
    ['application/xhtml+xml', 'attachment', "default-src 'none'; sandbox"],
    ['text/javascript', 'attachment', "default-src 'none'; sandbox"],
    ['image/png', 'inline', "default-src 'none'; sandbox"],
    ['text/plain; charset=utf-8', 'inline', "default-src 'none'; sandbox"],
    ['application/pdf', 'inline', undefined],
  ])('as %s without ever being a page of this origin', async (type, disposition, policy) => {
    const { headers } = await sendRequest(await uploaded('<script>alert(1)</script>', type))
    expect(headers['content-type']).toBe(type)
    expect(headers['content-disposition']).toBe(disposition)
    expect(headers['content-security-policy']).toBe(policy)
    expect(headers['x-content-type-options']).toBe('nosniff')
  })

  test.each([
    'nothing',
    '00000000-0000-4000-8000-000000000000',
    '..%2fdata.sqlite',
    '%2e%2e%2fdata.sqlite',
    '..%5cdata.sqlite',
    '%2Fetc%2Fpasswd',
    '../storage/../../data.sqlite',
    'x.part',
    '',
  ])('only by the UUID of one: %j is not found', async (name) => {
    const answer = await sendRequest(`${engine.url}/api/storage/${name}`)
    expect(answer.status).toBe(404)
    expect(answer.body).not.toContain('SQLite')
  })

  test('until its content is lost, which is told and harms nothing else', async () => {
    const id = await upload('precious', { 'content-type': 'text/plain' })
    const url = await urlOf(id)
    await writeFile(join(engine.dataDir, 'files', url.split('/').at(-1) ?? ''), 'cut')
    expect(await sendRequest(url)).toMatchObject({ status: 500, body: expect.stringContaining('FileContentMissing') })
    await rm(join(engine.dataDir, 'files', url.split('/').at(-1) ?? ''))
    expect(await sendRequest(url)).toMatchObject({
      status: 500,
      body: expect.stringContaining('missing from the data folder'),
    })
    await expect(client.action(action('stored:readInAction'), { id })).rejects.toThrow('missing from the data folder')
    await client.mutation(mutation('files:remove'), { id })
    expect((await sendRequest(url)).status).toBe(404)
  })
})

describe('functions', () => {
  test('that watch a file hear when it goes', async () => {
    const id = await upload('watched')
    const watcher = new ConvexClient(engine.url, { logger: false })
    cleanUps.push(() => watcher.close())
    const seen: Record<string, unknown[]> = { url: [], metadata: [], row: [] }
    for (const name of Object.keys(seen)) {
      watcher.onUpdate(query(`files:${name}`), { id }, (value) => seen[name]?.push(value === null))
    }
    await vi.waitFor(() => expect(seen).toEqual({ url: [false], metadata: [false], row: [false] }), waiting)
    await client.mutation(mutation('files:remove'), { id })
    await vi.waitFor(() => {
      expect(seen).toEqual({ url: [false, true], metadata: [false, true], row: [false, true] })
    }, waiting)
  })

  test('delete a file once, and its content with it', async () => {
    const id = await upload('twice')
    const url = await urlOf(id)
    const uuid = url.split('/').at(-1)
    expect(await contentsOf(engine)).toContain(uuid)
    await client.mutation(mutation('files:remove'), { id })
    expect((await sendRequest(url)).status).toBe(404)
    await vi.waitFor(async () => expect(await contentsOf(engine)).not.toContain(uuid), waiting)
    await expect(client.mutation(mutation('files:remove'), { id })).rejects.toThrow(`storage id ${id} not found`)
    await expect(client.action(action('stored:removeInAction'), { id })).rejects.toThrow('not found')
    expect(await client.action(action('stored:readInAction'), { id })).toBeNull()
  })

  test('that delete a file and throw keep it', async () => {
    const id = await upload('kept')
    await expect(client.mutation(mutation('files:removeAndThrow'), { id })).rejects.toThrow('changed my mind')
    expect(await sendRequest(await urlOf(id))).toMatchObject({ status: 200, body: 'kept' })
  })

  test('store and read in a mutation', async () => {
    const args = { text: 'from a mutation', type: 'text/markdown', sha256: sha256('from a mutation') }
    const stored = await client.mutation(mutation('stored:inMutation'), args)
    expect(stored).toEqual({ id: expect.any(String), text: args.text, type: args.type })
    const answer = await sendRequest(await urlOf(stored.id))
    expect(answer).toMatchObject({ body: args.text, headers: { 'content-type': args.type } })
    const wrong = client.mutation(mutation('stored:inMutation'), { ...args, sha256: sha256('other') })
    await expect(wrong).rejects.toThrow('The SHA-256 of the content is')
  })

  test.each(['stored:inMutationThatThrows', 'stored:storedAndRemoved', 'stored:withoutWaiting'])(
    '%s leaves nothing behind',
    async (name) => {
      const [contents, rows] = [await contentsOf(engine), await client.query(query('files:rows'), {})]
      const run = client.mutation(mutation(name), { text: 'gone', type: '' })
      expect(await run.then(String, (error: unknown) => String(error))).toMatch(/^null$|stored \w+/)
      expect(await client.query(query('files:rows'), {})).toEqual(rows)
      await vi.waitFor(async () => expect(await contentsOf(engine)).toEqual(contents), waiting)
    },
  )

  test('keep what they store beside a child that fails', async () => {
    const before = await contentsOf(engine)
    const id: string = await client.mutation(mutation('stored:besideFailingChild'), { text: 'child', type: '' })
    expect(await sendRequest(await urlOf(id))).toMatchObject({ status: 200, body: 'own' })
    await vi.waitFor(async () => expect(await contentsOf(engine)).toHaveLength(before.length + 1), waiting)
  })

  test('store at most 16 MiB in a mutation', async () => {
    // Writing that much in base64 takes a mutation most of its second.
    const env = { JWKS: issuer.provider.jwks, DATABASE_UDF_USER_TIMEOUT_SECONDS: '60' }
    const large = clientOf(await start({ env })).mutation(mutation('stored:ofSize'), { bytes: (16 << 20) + 1 })
    await expect(large).rejects.toThrow('Too many bytes of files stored')
  })

  test('store, read and delete in an action', async () => {
    const args = { text: 'from an action', type: 'text/plain', sha256: sha256('from an action') }
    const stored = await client.action(action('stored:inAction'), args)
    const { text, type } = args
    expect(stored).toEqual({ id: expect.any(String), text, type, size: 14, url: await urlOf(stored.id) })
    const wrong = client.action(action('stored:inAction'), { ...args, sha256: sha256('other') })
    await expect(wrong).rejects.toThrow('The SHA-256 of the content is')
    await client.action(action('stored:removeInAction'), { id: stored.id })
    expect((await sendRequest(stored.url)).status).toBe(404)
    const url: string = await client.action(action('stored:uploadUrlInAction'), {})
    expect((await sendRequest(url, { method: 'POST', body: 'x' })).status).toBe(200)
  })

  test('store and answer in an HTTP action', async () => {
    const headers = { 'content-type': 'text/csv' }
    const answer = await sendRequest(`${engine.siteUrl}/echo`, { method: 'POST', body: 'a,b', headers })
    expect(answer).toMatchObject({ status: 200, body: 'a,b', headers })
  })

  test.each([
    ['nonsense', 'Invalid storage ID'],
    ['../../etc/passwd', 'Invalid storage ID'],
  ])('are told that %j is no file', async (id, reason) => {
    await expect(client.query(query('files:metadata'), { id })).rejects.toThrow(reason)
  })

  test('are told that an id of another table is no file', async () => {
    const { id } = await client.mutation(mutation('stored:inMutation'), { text: '', type: '' })
    const picture = await client.query(query('pictures:any'), {})
    await expect(client.query(query('files:metadata'), { id: picture })).rejects.toThrow('another table')
    await expect(client.query(query('files:url'), { id: picture })).rejects.toThrow('ArgumentValidationError')
    expect(await client.query(query('files:url'), { id })).toEqual(expect.any(String))
  })
})

test('after kill -9 every stored file is there, and nothing else', async () => {
  const first = await start()
  const { dataDir, adminKey, url } = first
  const token = new URL(await clientOf(first).mutation(mutation('files:uploadUrl'), {}))
  const args = { text: 'kept', type: 'text/plain' }
  const { id } = await clientOf(first).action(action('stored:inAction'), args)
  const [kept] = await contentsOf(first)
  await beginUpload(first, token.href)
  await first.kill()
  // As if it had died just before the commit.
  await writeFile(join(dataDir, 'files', randomUUID()), 'orphan')
  expect(await contentsOf(first)).toHaveLength(3)
  const second = await start({ dataDir, adminKey, port: Number(new URL(url).port) })
  expect(await contentsOf(second)).toEqual([kept])
  expect(await clientOf(second).action(action('stored:readInAction'), { id })).toBe('kept')
  expect((await sendRequest(token.href, { method: 'POST', body: 'after the crash' })).status).toBe(200)
})

describe('where callers must prove who they are', () => {
  let guarded: RunningEngine
  let uploadUrl: string
  beforeAll(async () => {
    guarded = await start({ allowOrigin: origin, requireAuth: true })
    const verified = clientOf(guarded)
    verified.setAuth(await issuer.token())
    uploadUrl = await verified.mutation(mutation('files:uploadUrl'), {})
  })

  test('only they get an upload address, which alone is then enough', async () => {
    await expect(clientOf(guarded).mutation(mutation('files:uploadUrl'), {})).rejects.toThrow(
      'Authentication is required',
    )
    const body = '<b>page</b>'
    expect((await sendRequest(uploadUrl, { method: 'POST', body, headers: { origin } })).status).toBe(200)
    expect((await sendRequest(`${uploadUrl}x`, { method: 'POST', body, headers: { origin } })).status).toBe(401)
  })

  test('a file address alone is enough, from the allowed origin and for its images', async () => {
    const headers = { origin, 'content-type': 'image/png' }
    const { body } = await sendRequest(uploadUrl, { method: 'POST', body: 'png', headers })
    const verified = clientOf(guarded)
    verified.setAuth(await issuer.token())
    const url: string = await verified.query(query('files:url'), { id: JSON.parse(body).storageId })
    const fetched = await sendRequest(url, { headers: { origin } })
    expect(fetched).toMatchObject({ status: 200, body: 'png', headers: { 'access-control-allow-origin': origin } })
    // An <img> sends no Origin.
    const shown = await sendRequest(url)
    expect(shown).toMatchObject({ status: 200, headers: { 'cross-origin-resource-policy': 'cross-origin' } })
    expect(shown.headers['access-control-allow-origin']).toBeUndefined()
  })

  test('foreign pages and foreign names are refused before anything else', async () => {
    const before = await contentsOf(guarded)
    const post = (headers: Record<string, string>) => sendRequest(uploadUrl, { method: 'POST', body: 'x', headers })
    expect((await post({ origin: 'https://example.com' })).status).toBe(403)
    expect((await post({ host: 'rebind.test' })).status).toBe(421)
    expect(await contentsOf(guarded)).toEqual(before)
    const asked = { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' }
    const preflight = await sendRequest(uploadUrl, { method: 'OPTIONS', headers: asked })
    expect(preflight).toMatchObject({ status: 204, headers: { 'access-control-allow-origin': origin } })
  })
})
