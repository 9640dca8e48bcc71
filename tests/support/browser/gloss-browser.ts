import { setTimeout as sleep } from 'node:timers/promises'
import { chromium, type BrowserContext, type CDPSession, type Page, type Worker } from 'playwright-core'
import { EXTENSION_ID, EXTENSION_ORIGIN } from '../../../protocol/extension-id.ts'
import { launchArguments } from '../../../scripts/browser/launch-arguments.ts'
import { freeProfile } from '../../../scripts/browser/profile-lock.ts'
import { watchProblems } from './watch-problems.ts'

// A side panel is of type "other" while it is created, and Playwright would let go of it. With this (read when a target
// is attached) it is an ordinary page of the context from its first moment on.
process.env['PW_CHROMIUM_ATTACH_TO_OTHER'] = '1'

/** Enough for any machine: the browser knows within milliseconds. */
const TAB_MS = 10_000

interface LaunchOptions {
  readonly executable: string
  /** The unpacked extension, with its own `local.json`. */
  readonly extension: string
  readonly profile: string
}

/** A headless Chromium with the extension: its toolbar button and shortcuts are pressed as a person presses them. */
export class GlossBrowser implements AsyncDisposable {
  readonly context: BrowserContext
  /** What went wrong in any page of the extension since the start: violations of its policy, and uncaught errors. */
  readonly problems: string[] = []
  readonly #session: CDPSession

  private constructor(context: BrowserContext, session: CDPSession) {
    this.context = context
    this.#session = session
  }

  static async launch({ executable, extension, profile }: LaunchOptions): Promise<GlossBrowser> {
    await freeProfile(profile)
    const choices = { extension, headless: true, wayland: false, width: 1200, height: 800 }
    const context = await chromium.launchPersistentContext(profile, {
      executablePath: executable,
      // Ours: Playwright's own headless mode would start another binary.
      headless: false,
      args: [...launchArguments(choices), '--force-device-scale-factor=1'],
      ignoreDefaultArgs: ['--enable-automation', '--disable-extensions'],
      viewport: null,
      chromiumSandbox: process.getuid?.() !== 0,
      timeout: 60_000,
    })
    const browser = context.browser()
    if (!browser) throw new Error('a persistent context without a browser')
    const gloss = new GlossBrowser(context, await browser.newBrowserCDPSession())
    await watchProblems(context, EXTENSION_ORIGIN, gloss.problems)
    await gloss.worker()
    return gloss
  }

  /** The extension's service worker, which the browser may have to start first. */
  async worker(): Promise<Worker> {
    const running = this.context.serviceWorkers().find((worker) => worker.url().startsWith(EXTENSION_ORIGIN))
    return running ?? (await this.context.waitForEvent('serviceworker'))
  }

  /** Opens a page in a tab of the first window, in front. */
  async openPage(url: string): Promise<Page> {
    const page = await this.context.newPage()
    await page.goto(url)
    await page.bringToFront()
    return page
  }

  /** Opens a page in a window of its own. */
  async openWindow(url: string): Promise<Page> {
    const opened = this.context.waitForEvent('page', (page) => !page.url().startsWith(EXTENSION_ORIGIN))
    await (await this.worker()).evaluate(async (address) => void (await chrome.windows.create({ url: address })), url)
    const page = await opened
    await page.waitForURL(url)
    return page
  }

  /** Presses the toolbar button on this page's tab: a real gesture, which grants the page to the extension. */
  async pressIcon(page: Page): Promise<void> {
    await this.#session.send('Extensions.triggerAction', { id: EXTENSION_ID, targetId: await this.#tabOf(page) })
  }

  /** Presses Alt+S in this page, once the browser shows it. */
  async pressSummarise(page: Page): Promise<void> {
    await this.#tabOf(page)
    const session = await this.context.newCDPSession(page)
    const key = { modifiers: 1, windowsVirtualKeyCode: 83, nativeVirtualKeyCode: 83, key: 's', code: 'KeyS' }
    await session.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...key })
    await session.send('Input.dispatchKeyEvent', { type: 'keyUp', ...key })
    await session.detach()
  }

  /** The tab that shows a page. The browser learns that a page has come a moment after the page itself. */
  async #tabOf(page: Page): Promise<string> {
    for (const end = performance.now() + TAB_MS; performance.now() < end; await sleep(20)) {
      const { targetInfos } = await this.#session.send('Target.getTargets', { filter: [{ type: 'tab' }] })
      const tab = targetInfos.find(({ url }) => url === page.url())
      if (tab) return tab.targetId
    }
    throw new Error(`no tab shows ${page.url()}`)
  }

  /** The side panel that opens while `press` runs. */
  async panelOpenedBy(press: () => Promise<void>): Promise<Page> {
    const opened = this.context.waitForEvent('page', (page) => page.url().startsWith(EXTENSION_ORIGIN))
    await press()
    return await opened
  }

  /** SIGKILL: the crash. Resolves when the browser is gone. */
  async kill(): Promise<void> {
    const { processInfo } = await this.#session.send('SystemInfo.getProcessInfo')
    const pid = processInfo.find(({ type }) => type === 'browser')?.id
    if (pid === undefined) throw new Error('the browser names no process of its own')
    const gone = this.context.waitForEvent('close')
    process.kill(pid, 'SIGKILL')
    await gone
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.context.close()
  }
}
