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

/** What a page held at a moment. */
export const moment = z.object({
  url: z.string(),
  /** The beginning of what it shows; empty for a page of many elements, where asking would take long. */
  text: z.string(),
  /** Equal when the whole document is. */
  fingerprint: z.string(),
  /** Whether it holds anything of an extension, or of ours by name. */
  traces: z.boolean(),
  /** The beginning of the first `pre`, as it is. */
  code: z.string(),
})

export type Moment = z.infer<typeof moment>

/** One page as the panel read it. */
export interface Reading {
  readonly page: CapturedPage | undefined
  readonly code: ErrorCode | undefined
  /** UTF-8 bytes of all that left the page. */
  readonly bytes: number
  readonly ms: number
  /** Milliseconds of the longest task on the page's thread; `undefined` where its own tasks hide ours. */
  readonly longestTask: number | undefined
  /** `undefined` when the page did not answer. */
  readonly before: Moment | undefined
  readonly after: Moment | undefined
  /** Whether the page changed by itself just before it was read. */
  readonly restless: boolean
  /** Whether the browser's own process of the page died before it was read. */
  readonly crashed: boolean
  /** Milliseconds in which the panel answered after the reading. */
  readonly panelMs: number
  /** Errors that nothing handled, in the extension. */
  readonly problems: readonly string[]
}

export function textOf({ page }: Reading): string {
  return page === undefined ? '' : `${page.title}\n${page.text}`
}
