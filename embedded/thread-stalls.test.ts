import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ConvexHttpClient } from 'convex/browser'
import { makeFunctionReference } from 'convex/server'
import { expect, test } from 'vitest'
import { startEngine } from './testing.ts'
import { ThreadStalls } from './thread-stalls.ts'

function block(ms: number): void {
  const end = performance.now() + ms
  while (performance.now() < end);
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

test('the longest stall since the last reading is told', async () => {
  const stalls = new ThreadStalls()
  expect(stalls.read()).toEqual({ stallMaxMs: 0 })
  await pause(20)
  block(400)
  await pause(20)
  const { stallMaxMs } = stalls.read()
  expect(stallMaxMs).toBeGreaterThan(350)
  await pause(20)
  expect(stalls.read().stallMaxMs).toBeLessThan(stallMaxMs)
  stalls.stop()
})

test('what an action computes stalls the engine no more than an action that waits; a mutation does', async () => {
  const projectDir = fileURLToPath(new URL('./fixtures/threads', import.meta.url))
  const dataDir = await mkdtemp(join(tmpdir(), 'embedded-convex-test-'))
  const engine = await startEngine({ projectDir, dataDir })
  try {
    const client = new ConvexHttpClient(engine.url)
    const mutation = makeFunctionReference<'mutation', { ms: number }, string>('lines:compute')
    const action = makeFunctionReference<'action', { ms: number }, string>('work:compute')
    const stallDuring = async (work: () => Promise<unknown>): Promise<number> => {
      await readStall()
      await pause(50)
      await work()
      await pause(50)
      return await readStall()
    }
    const readStall = async (): Promise<number> => {
      const headers = { authorization: `Convex ${engine.adminKey}` }
      const response = await fetch(`${engine.url}/api/embedded/metrics`, { headers })
      return (await response.json()).stallMaxMs
    }
    const args = { ms: 600 }
    const inMutation = await stallDuring(() => client.mutation(mutation, args))
    const inAction = await stallDuring(() => client.action(action, args))
    expect(inAction).toBeLessThan(inMutation / 3)
  } finally {
    await engine.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
})
