import { ConvexHttpClient } from 'convex/browser'
import { makeFunctionReference } from 'convex/server'
import { afterEach, describe, expect, test } from 'vitest'
import { createTestIssuer } from '../auth/test-issuer.ts'
import { sendRequest } from '../fixtures/send-request.ts'
import type { ServeOptions } from '../serve-options.ts'
import { ADMIN_KEY, serveFake, setAdminAuth } from '../sync/fake-app.ts'
import { RawClient, updates } from '../sync/raw-client.ts'

const EXTENSION = 'chrome-extension://abcdefghijklmnopabcdefghijklmnop'
const GUARDED = { allowOrigins: [EXTENSION], requireAuth: true }
const issuer = await createTestIssuer()
const query = (name: string) => makeFunctionReference<'query', Record<string, unknown>, unknown>(name)
const mutation = (name: string) => makeFunctionReference<'mutation', Record<string, unknown>, unknown>(name)
const action = (name: string) => makeFunctionReference<'action', Record<string, unknown>, unknown>(name)

const cleanUps: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp()
})

async function start(options: Partial<ServeOptions> = {}) {
  const served = await serveFake(options)
  served.engine.providers = [issuer.provider]
  cleanUps.push(() => served.close(0))
  return served
}

const post = (url: string, body: unknown, headers: Record<string, string> = {}) =>
  sendRequest(url, { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body), headers })

describe('the function API', () => {
  test('serves the unmodified client', async () => {
    const { url } = await start()
    const client = new ConvexHttpClient(url, { logger: false, auth: await issuer.token() })
    expect(await client.mutation(mutation('counter:add'), {})).toBe(1)
    expect(await client.query(query('counter:get'), {})).toBe(1)
    expect(await client.action(action('text:wait'), { ms: 1 })).toBe(1)
    expect(await client.query(query('who:am'), {})).toBe('https://issuer.test|ada')
    await expect(client.mutation(mutation('counter:fail'), {})).rejects.toMatchObject({ data: { code: 'refused' } })
    setAdminAuth(client, { issuer: 'https://i.test', subject: 'Zoë' })
    expect(await client.query(query('who:am'), {})).toBe('https://i.test|Zoë')
    expect(await client.mutation(mutation('counter:secret'), {})).toBe('inside')
  })

  test('reads consistently at the timestamp a client took', async () => {
    const { url, engine } = await start()
    const client = new ConvexHttpClient(url, { logger: false })
    expect(await client.consistentQuery(query('counter:get'), {})).toBe(0)
    engine.write('counter:a', 5)
    expect(await client.consistentQuery(query('counter:get'), {})).toBe(0)
    expect(await client.query(query('counter:get'), {})).toBe(5)
  })

  test.each([
    ['GET with a query string', '/api/query?path=counter:get&args={}', null],
    ['POST with an object', '/api/query', { path: 'counter:get', args: {} }],
    ['POST with a list', '/api/query', { path: 'counter:get', args: [{}], format: 'json' }],
    ['POST to run', '/api/run/counter/get', { args: {} }],
    ['POST to function', '/api/function', { path: 'counter.js:get', args: {} }],
  ])('%s', async (_name, path, body) => {
    const { url } = await start()
    const answer = await (body === null ? sendRequest(url + path) : post(url + path, body))
    expect(JSON.parse(answer.body)).toEqual({ status: 'success', value: 0, logLines: [] })
    expect(answer.headers['access-control-allow-origin']).toBe('*')
  })

  test.each([
    ['POST', '/api/mutation', { path: 'counter:fail' }],
    ['POST to run', '/api/run/counter/fail', { args: {} }],
    ['POST to function', '/api/function', { path: 'counter:fail' }],
  ])('a function that fails is an answer like any other, as on Convex: %s', async (_name, path, body) => {
    const { url } = await start()
    const answer = await post(url + path, body)
    expect(answer.status).toBe(200)
    expect(JSON.parse(answer.body)).toMatchObject({
      status: 'error',
      errorMessage: expect.stringMatching(/./),
      errorData: { code: 'refused' },
    })
  })

  test('a batch is read on one snapshot', async () => {
    const { url } = await start()
    const queries = ['counter:get', 'no:such'].map((path) => ({ path, args: {} }))
    const { results } = JSON.parse((await post(`${url}/api/query_batch`, { queries })).body)
    expect(results).toMatchObject([{ status: 'success', value: 0 }, { status: 'error' }])
  })

  test.each([
    ['no JSON', '/api/query', '{', 400],
    ['no path', '/api/query', {}, 400],
    ['a path that is no string', '/api/mutation', { path: 7 }, 400],
    ['two arguments', '/api/action', { path: 'text:wait', args: [{}, {}] }, 400],
    ['an unknown format', '/api/query', { path: 'counter:get', format: 'xml' }, 400],
    ['a component', '/api/query', { path: 'counter:get', componentPath: 'child' }, 400],
    ['a timestamp from nowhere', '/api/query_at_ts', { path: 'counter:get', ts: 'AAAAAAAAAAA=' }, 400],
    ['a timestamp that is none', '/api/query_at_ts', { path: 'counter:get', ts: 'x' }, 400],
    ['no queries', '/api/query_batch', { queries: 'all' }, 400],
    ['an unknown route', '/api/nonsense', {}, 404],
    ['a bad escape', '/api/run/%E0%A4%A', {}, 400],
  ])('answers %s with a code and a sentence', async (_name, path, body, status) => {
    const { url } = await start()
    const answer = await post(url + path, body)
    expect(answer.status).toBe(status)
    expect(JSON.parse(answer.body)).toEqual({ code: expect.any(String), message: expect.any(String) })
  })

  test.each(['Bearer nonsense', 'Convex wrong|key', 'Basic abc', 'Bearer'])('refuses %s', async (authorization) => {
    const { url } = await start()
    expect((await post(`${url}/api/query`, { path: 'counter:get' }, { authorization })).status).toBe(401)
  })

  test('tells its figures to the admin only', async () => {
    const { url } = await start()
    const metrics = `${url}/api/embedded/metrics`
    expect((await sendRequest(metrics)).status).toBe(403)
    const answer = await sendRequest(metrics, { headers: { authorization: `Convex ${ADMIN_KEY}` } })
    expect(JSON.parse(answer.body)).toMatchObject({ runs: {}, framesOut: 0 })
  })

  test('an internal failure tells nothing of the inside', async () => {
    const { url, engine, logged } = await start()
    engine.action = async () => {
      throw new Error('disk on fire at /secret/path')
    }
    const answer = await post(`${url}/api/action`, { path: 'text:wait' })
    expect(answer.status).toBe(500)
    expect(answer.body).not.toMatch(/secret|\bat\b/)
    expect(logged.join()).toContain('/secret/path')
  })
})

describe('HTTP actions', () => {
  test('are reached at any path of the site port, and under /http on the main port', async () => {
    const { url, siteUrl, engine } = await start()
    engine.httpHandler = async (request) => {
      const body = request.method === 'POST' ? await request.text() : ''
      return Response.json({ method: request.method, path: new URL(request.url).pathname, body }, { status: 201 })
    }
    expect(await sendRequest(`${siteUrl}/a/b?c=d`)).toMatchObject({
      status: 201,
      body: '{"method":"GET","path":"/a/b","body":""}',
    })
    expect((await post(`${url}/http/a`, 'text')).body).toBe('{"method":"POST","path":"/a","body":"text"}')
    expect((await sendRequest(`${url}/http`)).body).toContain('"path":"/"')
  })

  test('answer 404 where the app has no route', async () => {
    const { siteUrl } = await start()
    expect((await sendRequest(`${siteUrl}/nothing`)).status).toBe(404)
  })

  test('see an Authorization header of their own, and the caller when it is ours', async () => {
    const { siteUrl, engine } = await start()
    engine.httpHandler = (request, identity) =>
      new Response(`${request.headers.get('authorization')} ${identity?.subject ?? 'nobody'}`)
    const ask = async (authorization: string) => (await sendRequest(siteUrl, { headers: { authorization } })).body
    expect(await ask('Bearer of-the-app')).toBe('Bearer of-the-app nobody')
    expect(await ask('Basic abc')).toBe('Basic abc nobody')
    expect(await ask(`Bearer ${await issuer.token()}`)).toMatch(/ ada$/)
  })

  test('stream their response, and hear when the client leaves', async () => {
    const { siteUrl, engine } = await start()
    let cancelled = false
    let release = () => undefined as void
    engine.httpHandler = () =>
      new Response(
        new ReadableStream({
          async start(controller) {
            controller.enqueue(new TextEncoder().encode('first'))
            await new Promise<void>((resolve) => (release = resolve))
            controller.enqueue(new TextEncoder().encode('second'))
          },
          cancel: () => void (cancelled = true),
        }),
      )
    const leave = new AbortController()
    const response = await fetch(siteUrl, { signal: leave.signal })
    const reader = response.body?.getReader()
    expect(new TextDecoder().decode((await reader?.read())?.value)).toBe('first')
    release()
    expect(new TextDecoder().decode((await reader?.read())?.value)).toBe('second')
    leave.abort()
    await expect.poll(() => cancelled).toBe(true)
  })

  test('keep their own CORS headers where any origin is answered', async () => {
    const { siteUrl, engine } = await start()
    engine.httpHandler = (request) =>
      new Response(null, {
        headers: { 'access-control-allow-origin': 'https://example.com', 'x-method': request.method },
      })
    const { headers } = await sendRequest(siteUrl, { method: 'OPTIONS' })
    expect(headers).toMatchObject({ 'access-control-allow-origin': 'https://example.com', 'x-method': 'OPTIONS' })
  })
})

describe('guarded', () => {
  const paths = ['/', '/version', '/instance_name', '/api/query', '/http/x', '/api/embedded/metrics', '/nothing']

  test.each(paths)(
    '%s: a foreign Host is misdirected and a foreign Origin forbidden, before anything else',
    async (path) => {
      const { url, siteUrl, engine } = await start(GUARDED)
      let reached = 0
      engine.httpHandler = () => new Response(`${reached++}`)
      for (const base of [url, siteUrl]) {
        for (const method of ['GET', 'POST', 'OPTIONS', 'DELETE']) {
          const { status } = await sendRequest(base + path, {
            method,
            headers: { host: 'rebind.test', origin: EXTENSION },
          })
          expect([method, status]).toEqual([method, 421])
          const forbidden = await sendRequest(base + path, { method, headers: { origin: 'https://example.com' } })
          expect([method, forbidden.status]).toEqual([method, 403])
          expect(forbidden.headers['access-control-allow-origin']).toBeUndefined()
        }
      }
      expect(reached).toBe(0)
    },
  )

  test.each(['/api/query', '/http/local/token'])('answers the preflight of %s for the allowed origin', async (path) => {
    const { url } = await start(GUARDED)
    const headers = {
      origin: EXTENSION,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization,content-type,convex-client',
    }
    const answer = await sendRequest(url + path, { method: 'OPTIONS', headers })
    expect(answer).toMatchObject({
      status: 204,
      headers: {
        vary: 'Origin',
        'access-control-allow-origin': EXTENSION,
        'access-control-allow-headers': 'authorization,content-type,convex-client',
      },
    })
    expect(answer.headers['access-control-allow-credentials']).toBeUndefined()
  })

  test("puts its own CORS headers on HTTP actions in place of the app's", async () => {
    const { siteUrl, engine } = await start(GUARDED)
    engine.httpHandler = () => new Response('ok', { headers: { 'access-control-allow-origin': '*' } })
    const { headers } = await sendRequest(siteUrl, { headers: { origin: EXTENSION } })
    expect(headers).toMatchObject({ 'access-control-allow-origin': EXTENSION, vary: 'Origin' })
    expect((await sendRequest(siteUrl)).headers['access-control-allow-origin']).toBeUndefined()
    expect((await sendRequest(siteUrl, { method: 'OPTIONS', headers: { origin: EXTENSION } })).status).toBe(204)
  })

  test('runs functions for a verified caller only, with or without an Origin', async () => {
    const { url, engine } = await start(GUARDED)
    const authorization = `Bearer ${await issuer.token()}`
    const ask = async (headers: Record<string, string>) =>
      (await post(`${url}/api/mutation`, { path: 'counter:add' }, headers)).status
    expect([await ask({}), await ask({ origin: EXTENSION }), await ask({ authorization: 'Bearer x' })]).toEqual([
      401, 401, 401,
    ])
    expect(engine.runs).toEqual({})
    expect([await ask({ authorization }), await ask({ authorization, origin: EXTENSION })]).toEqual([200, 200])
  })

  test('has no admin routes', async () => {
    const { url } = await start(GUARDED)
    const headers = { authorization: `Convex ${ADMIN_KEY}` }
    expect((await sendRequest(`${url}/api/embedded/metrics`, { headers })).status).toBe(404)
  })

  test('takes bodies of 16 MiB at most, announced or not', async () => {
    const { url, siteUrl, engine } = await start(GUARDED)
    engine.httpHandler = async (request) => new Response(`${(await request.text()).length}`)
    const large = 'x'.repeat(16 * 1024 * 1024 + 1)
    const headers = { authorization: `Bearer ${await issuer.token()}` }
    const chunked = { ...headers, 'transfer-encoding': 'chunked' }
    // A server that refuses early may close before all is sent; both are a refusal.
    const status = async (base: string, extra: Record<string, string>) =>
      post(base, large, extra).then(
        (answer) => answer.status,
        (error: unknown) => (error instanceof Error && 'code' in error ? error.code : error),
      )
    for (const extra of [headers, chunked]) {
      expect([413, 'ECONNRESET', 'EPIPE']).toContain(await status(`${url}/api/mutation`, extra))
      expect([413, 'ECONNRESET', 'EPIPE']).toContain(await status(siteUrl, extra))
    }
    expect((await post(siteUrl, 'x'.repeat(16 * 1024 * 1024), headers)).body).toBe(`${16 * 1024 * 1024}`)
  })

  test.each([
    [{ host: 'rebind.test', origin: EXTENSION }, 421],
    [{ origin: 'https://example.com' }, 403],
    [{ origin: 'null' }, 403],
  ])('a WebSocket with %j is refused with %i', async (headers, status) => {
    const { url } = await start(GUARDED)
    await expect(RawClient.open(url, headers as Record<string, string>)).rejects.toThrow(`${status}`)
  })

  test('a WebSocket of the allowed origin is served once its token is verified', async () => {
    const { url } = await start(GUARDED)
    const client = await RawClient.open(url, { origin: EXTENSION })
    client.connect([{ udfPath: 'who:am' }])
    client.send({ type: 'Authenticate', tokenType: 'User', value: await issuer.token(), baseVersion: 0 })
    await client.until((message) => updates(message, 0, 'https://issuer.test|ada'))
    client.close()
    const anonymous = await RawClient.open(url, { origin: EXTENSION })
    anonymous.connect([{ udfPath: 'who:am' }])
    expect(await anonymous.closed).toMatchObject({ code: 4401 })
    expect(anonymous.received).toEqual([])
  })
})

test('without the guard a foreign Host is refused all the same, and any Origin is served', async () => {
  const { url } = await start()
  expect((await sendRequest(`${url}/version`, { headers: { host: 'rebind.test' } })).status).toBe(421)
  expect((await sendRequest(`${url}/version`, { headers: { origin: 'https://example.com' } })).status).toBe(200)
  await expect(RawClient.open(url, { host: 'rebind.test' })).rejects.toThrow('421')
  const client = await RawClient.open(url, { origin: 'https://example.com' })
  client.connect([{ udfPath: 'counter:get' }])
  await client.until((message) => updates(message, 0, 0))
  client.close()
})
