import { readdirSync, readFileSync } from 'node:fs'
import { getPriority } from 'node:os'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { openEngine } from '../../fixtures/open-engine.ts'

const projectDir = fileURLToPath(new URL('../../fixtures/threads', import.meta.url))

/** How nice this process's other threads are. */
function nicenessOfOthers(): number[] {
  const others = readdirSync('/proc/self/task').filter((thread) => thread !== String(process.pid))
  return others.map((thread) => {
    const fields = readFileSync(`/proc/self/task/${thread}/stat`, 'utf8').split(') ').at(-1)?.split(' ')
    return Number(fields?.[16])
  })
}

// Elsewhere threads have no priorities of their own.
test.runIf(process.platform === 'linux')('threads of actions leave the core to the engine’s own thread', async () => {
  const own = getPriority()
  const usual = nicenessOfOthers().filter((niceness) => niceness > own)
  await using app = await openEngine({ projectDir })
  await app.engine.action({ path: 'work:waits', args: { ms: 1 }, identity: null })
  expect(nicenessOfOthers().filter((niceness) => niceness > own).length).toBeGreaterThan(usual.length)
  expect(getPriority()).toBe(own)
})
