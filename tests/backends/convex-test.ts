/** The tests of convex/ run in this process, on convex-test. */
import { register as registerRateLimiter } from '@convex-dev/rate-limiter/test'
import { convexTest } from 'convex-test'
import { onTestFinished, vi } from 'vitest'
import { type Backend, setBackend } from '../../convex/backend.fixture.ts'
import schema from '../../convex/schema.ts'
import { byName } from './by-name.ts'

const modules = {
  ...import.meta.glob(['../../convex/**/*.ts', '../../convex/_generated/*.js', '!../../convex/**/*.*.ts']),
  '../../convex/probes.ts': () => import('../../convex/probes.fixture.ts'),
}

setBackend(async ({ live = false, env = {} }): Promise<Backend> => {
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value)
  if (!live) holdTime()
  const backend = convexTest(schema, modules)
  registerRateLimiter(backend)
  return {
    ...byName(backend),
    fetch: async (path, init) => await backend.fetch(path, init),
    withIdentity: (identity) => byName(identity === null ? backend : backend.withIdentity(identity)),
    now: async () => Date.now(),
    pass: async (ms) => void vi.setSystemTime(Date.now() + ms),
  }
})

/** Scheduled functions run on timers: with fake ones they stay where they are. */
function holdTime(): void {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
}
