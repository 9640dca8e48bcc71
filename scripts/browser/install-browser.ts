import { access } from 'node:fs/promises'
import { CommandError } from '../terminal/command-error.ts'
import type { Progress } from '../terminal/progress.ts'
import { runProgram } from '../terminal/run-program.ts'

const APT = '/usr/bin/apt-get'

export async function canInstallBrowser(): Promise<boolean> {
  if (process.getuid?.() !== 0) return false
  return access(APT).then(
    () => true,
    () => false,
  )
}

/** Installs Debian's Chromium. Needs root and apt: see {@link canInstallBrowser}. */
export async function installBrowser(progress: Progress): Promise<void> {
  const apt = (title: string, args: string[]) =>
    progress.step(title, async (note) => {
      const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
      const { code, output } = await runProgram(APT, args, { env, onLine: (line) => report(line, note) })
      if (code === 0) return
      const reason = output.split('\n').findLast((line) => line.startsWith('E:')) ?? 'apt-get gave no reason'
      throw new CommandError(
        `Chromium could not be installed with apt-get (${reason.replace(/^E:\s*/, '').replace(/\.$/, '')}): install it yourself, or name a browser in GLOSS_BROWSER.`,
      )
    })
  await apt('Looking up packages', ['update'])
  await apt('Installing Chromium (about a minute)', ['install', '-y', 'chromium'])
}

/** apt-get prints hundreds of lines; these tell how far it is. */
function report(line: string, note: (detail: string) => void): void {
  const size = /^Need to get ([\d.,]+ \w+)/.exec(line)?.[1]
  if (size) note(`downloading ${size}`)
  else if (line.startsWith('Setting up chromium ')) note('setting up')
}
