/** The functions that tests of the servers call. */
import { randomBytes } from 'node:crypto'
import { serve, type Served } from '../serve.ts'
import type { ServeOptions } from '../serve-options.ts'
import { FakeEngine, FakeError, type FakeFunction } from './fake-engine.ts'

const counterKey = (name: unknown) => `counter:${typeof name === 'string' ? name : 'a'}`

const noises = new Map<number, string>()

/** Text that does not compress by itself; always the same for its length. */
function noise(bytes: number): string {
  const text = noises.get(bytes) ?? randomBytes(bytes).toString('base64')
  noises.set(bytes, text)
  return text
}

export const fakeFunctions: Record<string, FakeFunction> = {
  'counter:get': { kind: 'query', run: ({ get, args }) => get(counterKey(args['name'])) ?? 0 },
  'counter:positive': {
    kind: 'query',
    run: ({ get }) => {
      const value = Number(get('counter:a') ?? 0)
      if (value <= 0) throw new Error('not positive')
      return value
    },
  },
  'counter:pair': { kind: 'query', run: ({ get }) => [get('counter:a') ?? 0, get('counter:b') ?? 0] },
  'counter:slow': {
    kind: 'query',
    run: async ({ get, args }) => {
      await new Promise((resolve) => setTimeout(resolve, Number(args['ms'])))
      return get('counter:a') ?? 0
    },
  },
  'counter:add': {
    kind: 'mutation',
    run: ({ get, set, args }) => {
      const key = counterKey(args['name'])
      const value = Number(get(key) ?? 0) + 1
      set(key, value)
      return value
    },
  },
  'counter:addSlowly': {
    kind: 'mutation',
    run: async ({ get, set, args }) => {
      await new Promise((resolve) => setTimeout(resolve, Number(args['ms'])))
      const value = Number(get('counter:a') ?? 0) + 1
      set('counter:a', value)
      return value
    },
  },
  'counter:addToBoth': {
    kind: 'mutation',
    run: ({ get, set }) => {
      for (const key of ['counter:a', 'counter:b']) set(key, Number(get(key) ?? 0) + 1)
      return null
    },
  },
  'counter:secret': { kind: 'mutation', internal: true, run: () => 'inside' },
  'counter:fail': {
    kind: 'mutation',
    run: ({ set }) => {
      set('counter:a', -1)
      throw new FakeError({ code: 'refused' })
    },
  },
  'text:big': {
    kind: 'query',
    run: ({ args, get }) => String(args['unit']).repeat(Number(args['times'])) + get('tail'),
  },
  'text:noise': { kind: 'query', run: ({ args, get }) => `${noise(Number(args['bytes']))}${String(get('tail'))}` },
  'text:wait': {
    kind: 'action',
    run: async ({ args }) => {
      await new Promise((resolve) => setTimeout(resolve, Number(args['ms'])))
      return args['ms'] ?? null
    },
  },
  'who:am': { kind: 'query', run: ({ identity }) => identity?.tokenIdentifier ?? null },
  'who:all': { kind: 'query', run: ({ identity }) => JSON.parse(JSON.stringify(identity)) },
}

export const ADMIN_KEY = 'test|0123456789abcdef'

/** Serves a fake engine with those functions on free ports. */
export async function serveFake(
  options: Partial<ServeOptions> = {},
): Promise<Served & { readonly engine: FakeEngine; readonly logged: string[] }> {
  const engine = new FakeEngine(fakeFunctions)
  const logged: string[] = []
  const served = await serve(
    {
      projectDir: '/nowhere',
      functionsDir: null,
      dataDir: '/nowhere',
      port: 0,
      sitePort: 0,
      adminKey: ADMIN_KEY,
      instanceName: 'test',
      env: {},
      allowOrigins: null,
      requireAuth: false,
      onStart: null,
      maxFileBytes: null,
      parallelJobs: null,
      manualClock: false,
      transactionTimeoutMs: null,
      actionTimeoutMs: null,
      exitWithParent: false,
      recover: false,
      watch: false,
      ...options,
    },
    { createEngine: async () => engine, log: (line) => logged.push(line) },
  )
  return { ...served, engine, logged }
}

/** An internal method of both clients, missing from their types. */
export function setAdminAuth(client: object, actingAs?: { readonly issuer: string; readonly subject: string }): void {
  const method: unknown = Reflect.get(client, 'setAdminAuth')
  if (typeof method !== 'function') throw new TypeError('This client has no setAdminAuth.')
  Reflect.apply(method, client, [ADMIN_KEY, actingAs])
}
