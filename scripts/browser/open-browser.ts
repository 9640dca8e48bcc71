import { chromium, type BrowserContext, type CDPSession } from 'playwright-core'
import { CommandError } from '../terminal/command-error.ts'
import type { Progress } from '../terminal/progress.ts'
import { launchArguments, type LaunchChoices } from './launch-arguments.ts'
import { freeProfile } from './profile-lock.ts'

export type OpenBrowser = AsyncDisposable & {
  context: BrowserContext
  /** CDP of the whole browser, over a pipe. */
  session: CDPSession
  /** Settles when its last window is closed. */
  closed: Promise<void>
}

/** Opens a Chromium with the extension, on a profile that is kept. Disposing of it closes it. */
export async function openBrowser(
  executable: string,
  profile: string,
  choices: LaunchChoices,
  progress: Progress,
): Promise<OpenBrowser> {
  await freeProfile(profile)
  const context = await launch(executable, profile, choices, progress)
  const browser = context.browser()
  if (!browser)
    throw new CommandError('Chromium was opened in a way that Gloss cannot steer: update it and start again.')
  const closed = new Promise<void>((done) => void context.once('close', () => done()))
  const session = await browser.newBrowserCDPSession()
  return { context, session, closed, [Symbol.asyncDispose]: () => context.close() }
}

async function launch(
  executablePath: string,
  profile: string,
  choices: LaunchChoices,
  progress: Progress,
): Promise<BrowserContext> {
  const open = (chromiumSandbox: boolean) =>
    chromium.launchPersistentContext(profile, {
      executablePath,
      // Ours: Playwright's own headless mode would start another binary.
      headless: false,
      args: launchArguments(choices),
      // Without the first there is no banner about automation; the second would load no extension at all.
      ignoreDefaultArgs: ['--enable-automation', '--disable-extensions'],
      viewport: null,
      chromiumSandbox,
      // We end it ourselves, after the reply is stored.
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
      timeout: 60_000,
    })
  const isRoot = process.getuid?.() === 0
  try {
    return await open(!isRoot)
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause)
    if (!isRoot && choices.headless && /sandbox/i.test(message)) {
      progress.say('This machine does not let Chromium use its sandbox: going on without it.')
      return open(false)
    }
    throw new CommandError(explainLaunch(message, executablePath))
  }
}

export function explainLaunch(message: string, executable: string): string {
  if (/profile appears to be in use|ProcessSingleton|SingletonLock/i.test(message)) {
    return "Another Chromium uses Gloss's profile (.gloss/browser): close it and start again."
  }
  if (/Missing X server|ozone|cannot open display|Wayland/i.test(message)) {
    return 'Chromium could not open a window on this display: unset DISPLAY and WAYLAND_DISPLAY to run without one, or repair it.'
  }
  if (/sandbox/i.test(message)) {
    return `Chromium's sandbox does not work for this user: install the package "chromium-sandbox", or allow user namespaces.`
  }
  return `${executable} did not start: run it by itself to see why, or name another browser in GLOSS_BROWSER.`
}
