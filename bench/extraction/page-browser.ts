import { chromium, type Browser, type CDPSession, type Page, type Route } from 'playwright-core'
import { z } from 'zod'
import { findBrowser } from '../../scripts/browser.ts'

interface SavedPage {
  readonly url: string
  readonly html: Buffer
}

const evaluated = z.object({ value: z.unknown() })

/**
 * A headless Chromium that shows saved pages at their addresses. The pages' own scripts do not run, and whatever they
 * ask for but themselves is refused.
 */
export class PageBrowser implements AsyncDisposable {
  readonly #browser: Browser
  readonly #page: Page
  readonly #session: CDPSession
  #shown: SavedPage | undefined
  #answered = false

  private constructor(browser: Browser, page: Page, session: CDPSession) {
    this.#browser = browser
    this.#page = page
    this.#session = session
  }

  static async launch(): Promise<PageBrowser> {
    const browser = await chromium.launch({
      executablePath: await findBrowser(),
      chromiumSandbox: process.getuid?.() !== 0,
    })
    const page = await browser.newPage({ javaScriptEnabled: false, viewport: { width: 1280, height: 800 } })
    const pages = new PageBrowser(browser, page, await page.context().newCDPSession(page))
    await page.route('**/*', (route) => pages.#answer(route))
    return pages
  }

  /** Opens a page and lays it out, so that whoever reads it first does not pay for that. */
  async open(page: SavedPage): Promise<void> {
    this.#shown = page
    this.#answered = false
    await this.#page.goto(page.url, { waitUntil: 'load', timeout: 60_000 })
    await this.run('document.documentElement.getBoundingClientRect().height')
  }

  /**
   * Evaluates an expression, or what it promises, in a world of its own on the page, as content scripts run.
   * @throws Error with what it threw
   */
  async run(expression: string): Promise<unknown> {
    const { frameTree } = await this.#session.send('Page.getFrameTree')
    const { executionContextId } = await this.#session.send('Page.createIsolatedWorld', {
      frameId: frameTree.frame.id,
    })
    const { result, exceptionDetails } = await this.#session.send('Runtime.evaluate', {
      expression,
      contextId: executionContextId,
      awaitPromise: true,
      returnByValue: true,
    })
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text)
    return evaluated.parse(result).value
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#browser.close()
  }

  async #answer(route: Route): Promise<void> {
    const request = route.request()
    if (request.isNavigationRequest() && request.frame() === this.#page.mainFrame()) {
      // No content keeps what is shown; an aborted navigation (a redirect by <meta>) would show an error page.
      if (this.#answered || this.#shown === undefined) return await route.fulfill({ status: 204 })
      this.#answered = true
      return await route.fulfill({
        body: this.#shown.html,
        contentType: 'text/html; charset=utf-8',
      })
    }
    await route.abort('blockedbyclient')
  }
}
