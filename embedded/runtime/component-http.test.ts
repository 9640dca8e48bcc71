import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openEngine } from '../fixtures/open-engine.ts'
import { temporaryProject } from '../fixtures/temporary-project.ts'
import { startEngine, type RunningEngine } from '../testing.ts'

const projectDir = fileURLToPath(new URL('../fixtures/components', import.meta.url))

let server: RunningEngine
beforeAll(async () => {
  server = await startEngine({ projectDir, env: { LABEL: 'one' } })
})
afterAll(async () => await server.kill())

const post = async (path: string, body: string) => await fetch(`${server.siteUrl}${path}`, { method: 'POST', body })
const get = async (path: string) => await fetch(`${server.siteUrl}${path}`)

test.each([
  ['a component', '/first', 'first', 'one'],
  ['a component inside a component', '/books/counter', 'ledger/counter', null],
])(
  '%s serves its routes below its prefix, with its own data and environment',
  async (_name, prefix, component, label) => {
    const first = await post(`${prefix}/counts`, component)
    expect(await first.json()).toEqual({ name: component, count: 1 })
    expect(await (await post(`${prefix}/counts`, component)).json()).toEqual({ name: component, count: 2 })
    const about = await get(`${prefix}/about/it?q=1`)
    expect(await about.json()).toEqual({
      path: `${prefix}/about/it`,
      site: `${server.siteUrl}${prefix}`,
      label,
      component,
    })
  },
)

test.each([
  ['an exact route of the app', '/first/about/exactly', 'app: exactly'],
  ['a longer prefix of the app', '/first/deep/er', 'app: below'],
  ['a component without a prefix', '/second/about/it', 'app: anything'],
  ['what only begins like a prefix', '/firstly', 'app: anything'],
])('%s comes before a component’s prefix', async (_name, path, answer) => {
  expect(await (await get(path)).text()).toBe(answer)
})

test('below a component’s prefix only the component answers', async () => {
  expect((await get('/first/nothing')).status).toBe(404)
  expect((await get('/books/about/it')).status).toBe(404)
  expect((await get('/first/counts')).status).toBe(404)
})

test('the main port has the same routes below /http', async () => {
  const response = await fetch(`${server.url}/http/first/counts`, { method: 'POST', body: 'main' })
  expect(await response.json()).toEqual({ name: 'main', count: 1 })
})

test('the app’s own routes lie below its own prefix', async () => {
  using project = temporaryProject({
    'convex.config.ts': `import { defineApp } from 'convex/server'\nexport default defineApp({ httpPrefix: '/api' })`,
    'http.ts': `
import { httpActionGeneric, httpRouter } from 'convex/server'
const http = httpRouter()
http.route({ path: '/x', method: 'GET', handler: httpActionGeneric(async () => new Response('x')) })
export default http
`,
  })
  await using app = await openEngine({ projectDir: project.projectDir })
  const answer = async (path: string) => await app.engine.httpAction(new Request(`http://app.test${path}`), null)
  expect(await (await answer('/api/x'))?.text()).toBe('x')
  expect(await answer('/x')).toBeNull()
})
