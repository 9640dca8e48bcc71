import { z } from './quiet-zod.ts'
import { isErrorCode } from './errors.ts'
import type { ErrorCode } from './errors.ts'

const offset = z.int().nonnegative()

export const zoneSchema = z.object({ zone: z.enum(['main', 'rest']), start: offset, end: offset })

export const captureMethods = ['readability', 'defuddle', 'landmark', 'selection', 'pdf', 'transcript'] as const

const capturedPage = z.object({
  /** The page's address at the moment of capture, at most 2,048 characters. */
  url: z.string().min(1).max(2_048),
  title: z.string().max(512),
  /** A canonical BCP 47 tag; empty when the page names none. */
  lang: z.string().max(64),
  /** Markdown blocks joined by a blank line, at most 4 MiB of UTF-8. */
  text: z
    .string()
    .min(1)
    .max(4 * 1024 * 1024),
  /** Sorted, not overlapping; UTF-16 offsets into `text`. */
  zones: z.array(zoneSchema).max(4_000),
  method: z.enum(captureMethods),
  /** What pages of this kind offer and this one did not: only the rest of its text is here. */
  missing: z.literal('transcript').optional(),
  wordsMain: offset,
  wordsRest: offset,
  truncated: z.boolean(),
})

const selectedPart = z.object({
  text: z.string().min(1).max(100_000),
  /** Up to 64 characters of the page on each side, by which the part can be found again. Empty in a form field. */
  prefix: z.string().max(64),
  suffix: z.string().max(64),
})

const capturedSelection = z.object({
  /** The parts, joined by a blank line. */
  text: z.string().min(1).max(100_000),
  /** More than one where the browser allows several ranges, or where frames and shadow trees each hold one. */
  parts: z.array(selectedPart).min(1).max(50),
})

/** What the page reader returns to the panel. It comes from inside a web page: always parsed, never trusted. */
export const captureResult = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), page: capturedPage, selection: capturedSelection.nullable() }),
  z.object({ ok: z.literal(false), code: z.custom<ErrorCode>(isErrorCode) }),
])

export type CaptureResult = z.infer<typeof captureResult>
export type CapturedPage = z.infer<typeof capturedPage>
export type SelectedPart = z.infer<typeof selectedPart>
export type CapturedSelection = z.infer<typeof capturedSelection>
