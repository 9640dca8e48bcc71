import { z } from 'zod'
import { captureResult } from '../../protocol/capture.ts'
import { isErrorCode } from '../../protocol/errors.ts'
import type { CapturedPage } from '../../protocol/capture.ts'
import type { ErrorCode } from '../../protocol/errors.ts'

const readOk = captureResult.options[0]

/** What `read-in-panel.ts` hands out of the browser. */
export const timedAnswer = z.object({
  ms: z.number(),
  answer: z.discriminatedUnion('ok', [
    z.object({
      ok: z.literal(true),
      reading: z.looseObject({ page: readOk.shape.page, selection: readOk.shape.selection }),
    }),
    z.object({ ok: z.literal(false), code: z.custom<ErrorCode>(isErrorCode) }),
  ]),
})

/** What a page showed at a moment, by its own words: `undefined` when it did not answer. */
export interface Moment {
  readonly url: string
  readonly text: string
  readonly html: string
  /** The text of the first `pre`, as it is. */
  readonly code: string
}

/** One page as the panel read it. */
export interface Reading {
  readonly page: CapturedPage | undefined
  readonly code: ErrorCode | undefined
  /** UTF-8 bytes of all that left the page. */
  readonly bytes: number
  readonly ms: number
  readonly before: Moment | undefined
  readonly after: Moment | undefined
  /** Whether the page changed by itself just before it was read. */
  readonly restless: boolean
  /** Milliseconds in which the panel answered after the reading. */
  readonly panelMs: number
  /** Errors that nothing handled, in the extension. */
  readonly problems: readonly string[]
}

export function textOf({ page }: Reading): string {
  return page === undefined ? '' : `${page.title}\n${page.text}`
}
