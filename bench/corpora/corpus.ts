import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { CommandError } from '../../scripts/terminal/command-error.ts'

const strings = z.array(z.string()).default([])

const injectionCase = z.object({
  id: z.string(),
  technique: z.string(),
  extractor_may_include: z.boolean(),
  url: z.string(),
  html: z.string(),
  oracle: z.object({ extracted_must_contain: strings, extracted_must_not_contain: strings }),
})

const benignCase = z.object({
  id: z.string(),
  title: z.string(),
  html: z.string(),
  oracle: z.object({ extracted_should_match: z.string() }),
})

/** A page or an address suffix that is computed rather than written out. */
const generated = z.looseObject({ fn: z.string() })

const expectation = z.looseObject({
  no_throw: z.boolean().optional(),
  extract_ms_max: z.number().optional(),
  payload_bytes_max: z.number().optional(),
  page_not_modified: z.boolean().optional(),
  must_contain: strings,
  must_not_contain: strings,
  must_not_match: z.string().optional(),
  should_keep: strings,
  friendly_reason: z.boolean().optional(),
  friendly_reason_or_text: z.boolean().optional(),
  no_unhandled_rejection: z.boolean().optional(),
  no_stack_overflow: z.boolean().optional(),
  panel_stays_usable: z.boolean().optional(),
  timeout_reported_ms_max: z.number().optional(),
  truncated_flag: z.boolean().optional(),
  valid_unicode: z.boolean().optional(),
  truncation_on_codepoint_boundary: z.boolean().optional(),
  title_chars_max: z.number().optional(),
  url_chars_max: z.number().optional(),
  literal_markup_kept_as_text: z.boolean().optional(),
  url_and_content_from_same_moment: z.boolean().optional(),
  whitespace_preserved_in_pre: z.boolean().optional(),
  note: z.string().optional(),
})

const weirdCase = z.object({
  id: z.string(),
  name: z.string(),
  contentType: z.string().optional(),
  headers: z.record(z.string(), z.string()).optional(),
  html: z.string().nullish(),
  text: z.string().optional(),
  gen: generated.optional(),
  url_suffix_gen: generated.optional(),
  /** An address that is opened as it is, instead of a page of ours. */
  url: z.string().optional(),
  expect: expectation,
})

export type InjectionCase = z.infer<typeof injectionCase>
export type BenignCase = z.infer<typeof benignCase>
export type WeirdCase = z.infer<typeof weirdCase>
export type Expectation = z.infer<typeof expectation>
export type Generated = z.infer<typeof generated>

/** Expectations that the bench judges, or that ask for nothing. */
export const knownExpectations: ReadonlySet<string> = new Set(Object.keys(expectation.shape))

export interface Corpus {
  readonly injections: readonly InjectionCase[]
  readonly benign: readonly BenignCase[]
  readonly weird: readonly WeirdCase[]
  /** Cases that are not of the format: not run, and said. */
  readonly unreadable: readonly string[]
}

const corpusFile = z.object({ cases: z.array(z.unknown()) })

/** Every `b1…json`, `b5…json` and `c1…json` of a folder, a whole file being `{ cases: […] }`. */
export async function readCorpus(folder: string): Promise<Corpus> {
  const names = await readdir(folder).catch(() => [])
  const injections: InjectionCase[] = []
  const benign: BenignCase[] = []
  const weird: WeirdCase[] = []
  const unreadable: string[] = []
  const take = <Case>(schema: z.ZodType<Case>, raw: unknown, into: Case[]): void => {
    const { data, success } = schema.safeParse(raw)
    if (success) into.push(data)
    else unreadable.push(z.looseObject({ id: z.string() }).safeParse(raw).data?.id ?? 'a case without an id')
  }
  for (const name of names.filter((each) => /^(?:b1|b5|c1).*\.json$/.test(each)).toSorted()) {
    const { cases } = corpusFile.parse(JSON.parse(await readFile(join(folder, name), 'utf8')))
    for (const raw of cases) {
      if (name.startsWith('b1')) take(injectionCase, raw, injections)
      else if (name.startsWith('b5')) take(benignCase, raw, benign)
      else take(weirdCase, raw, weird)
    }
  }
  if (injections.length + benign.length + weird.length === 0) {
    throw new CommandError(
      `There is no b1, b5 or c1 case in ${folder}: name a folder with files such as c1_weird_pages.json.`,
    )
  }
  return { injections, benign, weird, unreadable }
}
