import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { z } from 'zod'
import { EXTENSION_ORIGIN } from '../../protocol/extension-id.ts'
import { findBrowser } from '../../scripts/browser.ts'
import { unpackExtension } from '../../scripts/local/build-extension.ts'
import { GlossBrowser } from '../../tests/support/browser/gloss-browser.ts'
import { readerScript } from './reader-script.ts'
import { moment, timedAnswer, type Moment, type Reading } from './reading.ts'
import { watchTasks } from './task-watch.ts'

const manifest = z.looseObject({ permissions: z.array(z.string()) })

/** A page may hang: what is asked of it is given this long. */
const ANSWER_MS = 3_000
/** The slowest takes 20 s to be parsed. */
const LOAD_MS = 40_000
/** A table of 100,000 rows takes three to be laid out. */
const PAINT_MS = 10_000
/** The panel gives up on a page before this. */
const READ_MS = 60_000

/**
 * Chromium with the built extension, which may read every site here: nobody presses the icon on hundreds of pages.
 * Pages are read by the panel's own code, from a page of the extension, through the built `page-reader.js`.
 */
export class ReadingBrowser implements AsyncDisposable {
  readonly #gloss: GlossBrowser
  readonly #panel: Page
  readonly #reader: string
  readonly #stack: AsyncDisposableStack
  #page: Page | undefined

  private constructor(gloss: GlossBrowser, panel: Page, reader: string, stack: AsyncDisposableStack) {
    this.#gloss = gloss
    this.#panel = panel
    this.#reader = reader
    this.#stack = stack
  }

  static async launch(built: string): Promise<ReadingBrowser> {
    await using stack = new AsyncDisposableStack()
    const folder = await mkdtemp(join(tmpdir(), 'gloss-corpora-'))
    stack.defer(async () => await rm(folder, { recursive: true, force: true, maxRetries: 5 }))
    const extension = join(folder, 'extension')
    await unpackExtension(built, extension)
    await grantAll(join(extension, 'manifest.json'))
    const executable = await findBrowser()
    const gloss = stack.use(await GlossBrowser.launch({ executable, extension, profile: join(folder, 'profile') }))
    const panel = await gloss.openPage(`${EXTENSION_ORIGIN}/sidepanel.html`)
    return new ReadingBrowser(gloss, panel, await readerScript(), stack.move())
  }

  /** Opens an address in a tab of its own, in front, and reads it. The tab before is closed. */
  async read(url: string, tamper?: (page: Page) => Promise<void>): Promise<Reading> {
    let crashed = false
    const page = await this.#open(url, () => (crashed = true))
    const early = await momentOf(page)
    if (early !== undefined) await sleep(50)
    const before = await momentOf(page)
    const crashedBefore = crashed
    const tasks = await answered(watchTasks(page))
    this.#gloss.problems.splice(0)
    const { answer, ms } = timedAnswer.parse(await withinTime(this.#panel.evaluate(this.#reader), READ_MS))
    await tamper?.(page)
    const longestTask = await answered(tasks?.longest())
    const start = performance.now()
    await this.#panel.evaluate('1 + 1')
    const panelMs = performance.now() - start
    const reading = answer.ok ? answer.reading : undefined
    return {
      page: reading?.page,
      code: answer.ok ? undefined : answer.code,
      bytes: Buffer.byteLength(JSON.stringify(reading === undefined ? answer : [reading.page, reading.selection])),
      ms,
      longestTask,
      before,
      after: await momentOf(page),
      restless: early?.fingerprint !== before?.fingerprint,
      crashed: crashedBefore,
      panelMs,
      problems: this.#gloss.problems.splice(0),
    }
  }

  /** What the page in front would give a reader that takes every word of its document. */
  async everyWord(url: string): Promise<string> {
    const page = await this.#open(url)
    return await page.evaluate(() => document.documentElement.textContent)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stack.disposeAsync()
  }

  async #open(url: string, onCrash?: () => void): Promise<Page> {
    const last = this.#page
    const page = await this.#gloss.context.newPage()
    this.#page = page
    page.on('crash', () => onCrash?.())
    // A page that hangs does not close by itself, and the next one does not wait for it.
    if (last !== undefined) await withinTime(last.close(), ANSWER_MS).catch(ignoreLate)
    // What cannot be opened (a restricted address, a refused connection) is what the panel then finds in front.
    await page.goto(url, { waitUntil: 'load', timeout: LOAD_MS }).catch(ignoreUnopened)
    await page.bringToFront().catch(ignoreUnopened)
    // What is timed is the reading of a page that a person sees, not the browser's own work on it.
    await withinTime(page.evaluate(untilPainted), PAINT_MS).catch(ignoreUnopened)
    return page
  }
}

async function grantAll(path: string): Promise<void> {
  const shipped = manifest.parse(JSON.parse(await readFile(path, 'utf8')))
  const permissions = [...shipped.permissions, 'tabs']
  await writeFile(path, JSON.stringify({ ...shipped, permissions, host_permissions: ['<all_urls>'] }))
}

async function momentOf(page: Page): Promise<Moment | undefined> {
  const seen = await answered(page.evaluate(lookAtPage))
  return seen === undefined ? undefined : moment.parse(seen)
}

/** What a page answers; nothing when it hangs, crashed, or moved on while it was asked. */
async function answered<T>(answer: Promise<T> | undefined): Promise<T | undefined> {
  if (answer === undefined) return undefined
  try {
    return await withinTime(answer, ANSWER_MS)
  } catch (error) {
    if (error instanceof Error) return undefined
    throw error
  }
}

/** Runs in the page: resolves when it was painted. */
const untilPainted = 'new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(0))))'

/** Runs in the page. What large documents hold is compared there: handing it out would take longer than reading it. */
const lookAtPage = `(() => {
  const root = document.documentElement
  const html = root ? root.outerHTML : ''
  let hash = 0
  for (let at = 0; at < html.length; at++) hash = (Math.imul(hash, 31) + html.charCodeAt(at)) | 0
  const isSmall = document.getElementsByTagName('*').length < 2000
  const pre = document.getElementsByTagName('pre')[0]
  return {
    url: location.href,
    text: isSmall && document.body ? document.body.innerText.slice(0, 10000) : '',
    fingerprint: html.length + ' ' + hash,
    traces: /chrome-extension:|gloss/i.test(html),
    code: pre ? pre.textContent.slice(0, 20000) : '',
  }
})()`

class Late extends Error {}

async function withinTime<T>(work: Promise<T>, ms: number): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Late(`not within ${ms} ms`)), ms)
  try {
    return await Promise.race([work, promise])
  } finally {
    clearTimeout(timer)
  }
}

function ignoreLate(error: unknown): void {
  if (!(error instanceof Late)) throw error
}

function ignoreUnopened(error: unknown): void {
  if (!(error instanceof Error)) throw error
}
