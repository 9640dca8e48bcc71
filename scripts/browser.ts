import { chromium } from 'playwright-core'
import { browserCandidates } from './browser/browser-candidates.ts'
import { canInstallBrowser, installBrowser } from './browser/install-browser.ts'
import { judgeBrowser, type BrowserVerdict } from './browser/judge-browser.ts'
import { runProgram } from './terminal/run-program.ts'
import { access, constants } from 'node:fs/promises'
import { CommandError } from './terminal/command-error.ts'
import { createProgress, type Progress } from './terminal/progress.ts'

/**
 * The path of a Chromium that loads unpacked extensions and runs: the one that GLOSS_BROWSER names, one found on this
 * machine, Playwright's own, or Debian's, installed by apt when we are root.
 * @throws CommandError with a sentence that says how to get one
 */
export async function findBrowser(progress: Progress = createProgress(process.stderr)): Promise<string> {
  const named = process.env['GLOSS_BROWSER']
  if (named) {
    const verdict = await tryBrowser(named)
    if (verdict.ok) return named
    throw new CommandError(
      `GLOSS_BROWSER names ${named}, which cannot be used (${verdict.why}): name a Chromium or Chrome for Testing, or unset it.`,
    )
  }
  const found = await firstUsable()
  if (found) return found
  if (await canInstallBrowser()) {
    await installBrowser(progress)
    const installed = await firstUsable()
    if (installed) return installed
  }
  throw new CommandError(
    'Gloss needs Chromium and found none: install it (Debian and Ubuntu: "sudo apt-get install chromium"; elsewhere: "npx playwright install chromium"), or name one in GLOSS_BROWSER.',
  )
}

async function firstUsable(): Promise<string | undefined> {
  const paths = browserCandidates(process.platform, process.env['PATH'] ?? '', chromium.executablePath())
  for (const path of paths) if ((await tryBrowser(path)).ok) return path
  return undefined
}

async function tryBrowser(path: string): Promise<BrowserVerdict> {
  const executable = await access(path, constants.X_OK).then(
    () => true,
    () => false,
  )
  if (!executable) return { ok: false, why: 'there is no program at that path' }
  const { code, output } = await runProgram(path, ['--version'], { timeoutMs: 20_000 })
  return code === 0 ? judgeBrowser(output) : { ok: false, why: 'it does not run' }
}
