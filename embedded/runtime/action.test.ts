import { afterAll, beforeAll, expect, test } from 'vitest'
import { openEngine, type OpenEngine } from '../fixtures/open-engine.ts'

let app: OpenEngine
beforeAll(async () => {
  app = await openEngine({ env: { ISSUER: 'https://own.test' } })
})
afterAll(async () => await app[Symbol.asyncDispose]())

const action = (path: string, args = {}) => app.engine.action({ path, args, identity: null })

test('an action runs mutations and queries, and its log lines come along', async () => {
  expect(await action('work:addAndCount', { topic: 'a' })).toEqual({
    ok: true,
    value: 2,
    logLines: ["[LOG] 'added' { topic: 'a' }"],
  })
})

test('an action’s ConvexError keeps its data', async () => {
  expect(await action('work:failing')).toMatchObject({ ok: false, errorData: 'no' })
})

test('an action has timers and a running clock', async () => {
  expect(await action('sandbox:timers')).toMatchObject({ ok: true, value: true })
})

test('an action makes keys and opens sockets', async () => {
  expect(await action('sandbox:makesKeyInAction')).toMatchObject({ ok: true, value: 'private' })
  expect(await action('sandbox:connectsFromAction')).toMatchObject({ ok: true, value: 'ws://127.0.0.1:9/' })
})

test('a "use node" file has Node’s modules, but not the machine’s environment', async () => {
  expect(await action('node:hash')).toMatchObject({ ok: true, value: { hash: 'ca978112', home: null } })
})

test('what Node’s own functions carry is there', async () => {
  expect(await action('node:elapsed')).toMatchObject({ ok: true, value: { later: true, memory: true } })
})

test('queries see who calls', async () => {
  const identity = { tokenIdentifier: 'https://own.test|me', issuer: 'https://own.test', subject: 'me', name: 'Me' }
  const snapshot = app.engine.snapshot()
  const { outcome } = await snapshot.query({ path: 'work:whoAmI', args: {}, identity })
  snapshot.release()
  expect(outcome).toMatchObject({ ok: true, value: identity })
})

test.each([
  ['POST', '/events', 201, 'recorded'],
  ['GET', '/fails/x', 500, /as planned/],
])('%s %s answers %i', async (method, path, status, body) => {
  const request = new Request(`http://app.test${path}`, { method, ...(method === 'POST' && { body: 'by web' }) })
  const response = await app.engine.httpAction(request, null)
  expect(response?.status).toBe(status)
  expect(await response?.text()).toMatch(body)
})

test('no route, no answer', async () => {
  expect(await app.engine.httpAction(new Request('http://app.test/nothing'), null)).toBeNull()
})

test('a provider that cannot be read does not stop the others', async () => {
  expect((await app.engine.authProviders()).map(({ type }) => type)).toEqual(['customJwt', 'oidc'])
  expect(await app.engine.authProviders()).toContainEqual(expect.objectContaining({ issuer: 'https://own.test' }))
  expect(app.log.join('\n')).toContain('a provider cannot be read')
})
