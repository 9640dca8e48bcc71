import { join } from 'node:path'
import { findBrowser } from './browser.ts'
import { runTests } from './check/run-tests.ts'
import { playwright, vitest } from './check/runners.ts'
import type { Tally } from './check/tally.ts'
import { buildExtension } from './local/build-extension.ts'
import { describeFailure } from './terminal/describe-failure.ts'
import { createProgress } from './terminal/progress.ts'
import { runCommand } from './terminal/run-command.ts'

const root = join(import.meta.dirname, '..')
const progress = createProgress(process.stderr)

/** `npm test`: every test, unit to real panel, and one plain line that sums them up. */
await runCommand(async () => {
  const tallies = [await runTests(root, vitest(root)), ...(await testPanel())]
  const sum = (key: keyof Tally) => tallies.reduce((total, tally) => total + tally[key], 0)
  if (sum('skipped') > 0) progress.say(`${sum('skipped')} tests were skipped, which counts as failed.`)
  process.stdout.write(`${sum('passed')} passed, ${sum('failed')} failed\n`)
  return sum('failed') === 0 ? 0 : 1
})

/** Without a browser or a build nothing of it can run: that is one failure, and the rest still counts. */
async function testPanel(): Promise<Tally[]> {
  try {
    const browser = await findBrowser(progress)
    await buildExtension(root, progress)
    return [
      await runTests(root, playwright(root, browser, { project: 'panel', workers: 2 })),
      await runTests(root, playwright(root, browser, { project: 'survival', workers: 1 })),
    ]
  } catch (cause) {
    progress.say(describeFailure(cause))
    return [{ passed: 0, failed: 1, skipped: 0 }]
  }
}
