/** The tests of convex/ run over the wire, on the embedded engine as a process of its own. */
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ConvexHttpClient } from 'convex/browser'
import type { UserIdentityAttributes } from 'convex/server'
import { afterAll, inject } from 'vitest'
import { type Backend, type BackendOptions, setBackend } from '../../convex/backend.fixture.ts'
import { probes } from '../../convex/probes.fixture.ts'
import { type RunningEngine, startEngine } from '../../embedded/testing.ts'
import { byName } from './by-name.ts'

const folder = await mkdtemp(join(tmpdir(), 'gloss-backend-'))
const engines = new Map<string, RunningEngine>()

afterAll(async () => {
  await Promise.all([...engines.values()].map(async (engine) => await engine.kill()))
  await rm(folder, { recursive: true })
})

setBackend(async ({ live = false, env = {} }): Promise<Backend> => {
  const engine = await engineFor({ live, env })
  const backend = callerOf(engine, `Convex ${engine.adminKey}`)
  await backend.mutation(probes.clear)
  return {
    ...backend,
    fetch: async (path, init) => await fetch(engine.siteUrl + path, init),
    withIdentity: (identity) => callerOf(engine, identity && `Convex ${engine.adminKey}:${encode(identity)}`),
    now: async () => (live ? Date.now() : await engine.advance(0)),
    pass: async (ms) => void (await engine.advance(ms)),
  }
})

/** One for all tests of a file that ask for the same: their rows are cleared in between. */
async function engineFor({ live, env }: Required<BackendOptions>): Promise<RunningEngine> {
  const key = JSON.stringify([live, env])
  const known = engines.get(key)
  if (known) return known
  const { projectDir, dataDir: prepared } = inject('engineProject')
  const dataDir = join(folder, String(engines.size))
  await cp(prepared, dataDir, { recursive: true })
  const engine = await startEngine({
    projectDir,
    dataDir,
    env,
    ...(live ? {} : { parallelJobs: 0, manualClock: true }),
  })
  engines.set(key, engine)
  return engine
}

/** The client as npm gives it; `authorization` is what it sends, null for nothing. */
function callerOf({ url }: RunningEngine, authorization: string | null) {
  const client = new ConvexHttpClient(url, {
    logger: false,
    fetch: async (input, init) => {
      const headers = new Headers(init?.headers)
      // A test may pause for longer than the engine keeps a connection.
      headers.set('Connection', 'close')
      if (authorization) headers.set('Authorization', authorization)
      return await fetch(input, { ...init, headers })
    },
  })
  return byName({
    query: async (reference, args) => await client.query(reference, args),
    // At once, and not one after the other: tests race them.
    mutation: async (reference, args) => await client.mutation(reference, args, { skipQueue: true }),
    action: async (reference, args) => await client.action(reference, args),
  })
}

const encode = (identity: UserIdentityAttributes) => Buffer.from(JSON.stringify(identity)).toString('base64')
