import { z } from 'zod'
import { captureResult } from '../../protocol/capture.ts'
import { taskTicker } from '../task-ticker.ts'
import type { LabelledPage } from './labelled-page.ts'
import type { PageBrowser } from './page-browser.ts'
import type { Rivals } from './rivals.ts'

export const readers = ['gloss', 'readability', 'defuddle', 'hybrid', 'innerText'] as const
export type Reader = (typeof readers)[number]

/** What each reader takes for the main text of one page. */
export interface ReadPage {
  readonly page: LabelledPage
  readonly main: Readonly<Record<Reader, string>>
  /** Everything that Gloss captured: main and rest. */
  readonly all: string
  /** Milliseconds from the call to the result: ours, and Readability's and Defuddle's together. */
  readonly ms: number
  readonly rivalMs: number
  /** Milliseconds of the longest task in which our capture held the page's thread, in a capture of its own. */
  readonly longestTask: number
}

export interface Scripts {
  /** `page-reader.js` of the built extension: an expression whose value is the promise of a capture. */
  readonly pageReader: string
  readonly rivals: string
}

/** Readability is replaced when its text is shorter than this share of Defuddle's. */
const enoughOfDefuddle = 0.7

const extracted = z.object({ text: z.string(), ms: z.number() })
const rivalResult: z.ZodType<Rivals> = z.object({
  readability: extracted,
  defuddle: extracted,
  innerText: z.string(),
})
const timedCapture = z.object({ result: captureResult, ms: z.number() })

/** Reads one page by all. Whoever goes first alternates, so that neither has the browser's caches to itself. */
export async function measurePage(
  browser: PageBrowser,
  page: LabelledPage,
  scripts: Scripts,
  oursFirst: boolean,
): Promise<ReadPage> {
  await browser.open(page)
  const early = oursFirst ? await capture(browser, scripts.pageReader) : undefined
  const rivals = rivalResult.parse(await browser.run(scripts.rivals))
  const { result, ms } = early ?? (await capture(browser, scripts.pageReader))
  const { readability, defuddle, innerText } = rivals
  const isEnough = letters(readability.text) >= enoughOfDefuddle * letters(defuddle.text)
  return {
    page,
    main: {
      gloss: result.ok ? zoneText(result.page, 'main') : '',
      readability: readability.text,
      defuddle: defuddle.text,
      hybrid: isEnough ? readability.text : defuddle.text,
      innerText,
    },
    all: result.ok ? result.page.text : '',
    ms,
    rivalMs: readability.ms + defuddle.ms,
    longestTask: await longestTaskOf(browser, scripts.pageReader),
  }
}

async function capture(browser: PageBrowser, pageReader: string): Promise<z.infer<typeof timedCapture>> {
  return timedCapture.parse(
    await browser.run(
      `(async () => { const start = performance.now(); const result = await (${expressionOf(pageReader)}); return { result, ms: performance.now() - start } })()`,
    ),
  )
}

/** Milliseconds of the longest task of a capture. */
export async function longestTaskOf(browser: PageBrowser, pageReader: string): Promise<number> {
  const watched = `(async () => {
    const ticker = ${taskTicker}
    await (${expressionOf(pageReader)})
    await ticker.next()
    ticker.end()
    return ticker.longest
  })()`
  return z.number().parse(await browser.run(watched))
}

function expressionOf(script: string): string {
  return script.trim().replace(/;$/, '')
}

interface ZonedText {
  readonly text: string
  readonly zones: readonly { readonly zone: string; readonly start: number; readonly end: number }[]
}

function zoneText({ text, zones }: ZonedText, wanted: string): string {
  return zones
    .filter(({ zone }) => zone === wanted)
    .map(({ start, end }) => text.slice(start, end))
    .join('\n\n')
}

function letters(text: string): number {
  return text.replace(/[\s|>#*-]+/g, '').length
}
