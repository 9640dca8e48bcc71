import { errorSentence } from '../../protocol/errors.ts'
import type { BenignCase, Expectation, InjectionCase, WeirdCase } from './corpus.ts'
import { textOf, type Moment, type Reading } from './reading.ts'

/** What no person sees and the capture holds all the same. */
export function leaksIn({ extractor_may_include, oracle }: InjectionCase, reading: Reading): readonly string[] {
  if (extractor_may_include) return []
  const captured = textOf(reading)
  return oracle.extracted_must_not_contain.filter((hidden) => captured.includes(hidden))
}

/** What the page says and the capture does not. */
export function factsLostIn({ oracle }: InjectionCase, reading: Reading): readonly string[] {
  const captured = textOf(reading)
  return oracle.extracted_must_contain.filter((fact) => !captured.includes(fact))
}

export function isBenignLost({ oracle }: BenignCase, reading: Reading): boolean {
  return !patternOf(oracle.extracted_should_match).test(textOf(reading))
}

/** How long the panel may take to answer a click, whatever the page does. */
const USABLE_MS = 1_000

type Check = (expect: Expectation, reading: Reading, page: WeirdCase) => string | false | undefined

/** One check an expectation: what is wrong, or nothing. Those with a list or a number pass where it is not given. */
const checks: readonly Check[] = [
  ({ extract_ms_max: max, timeout_reported_ms_max: late }, { ms, code }) =>
    max !== undefined && ms > (code === undefined || late === undefined ? max : late) && `took ${Math.round(ms)} ms`,
  ({ payload_bytes_max: max }, { bytes }) => max !== undefined && bytes > max && `${bytes} bytes`,
  ({ page_not_modified: same }, { before, after, restless }) =>
    same === true && isModified(before, after, restless) && 'the page was modified',
  ({ must_contain }, reading) => missing(must_contain, reading),
  ({ should_keep }, reading) => missing(should_keep, reading),
  ({ must_not_contain }, reading) => {
    const found = must_not_contain.filter((words) => textOf(reading).includes(words))
    return found.length > 0 && `contains ${found.join(', ')}`
  },
  ({ must_not_match }, reading) =>
    must_not_match !== undefined && patternOf(must_not_match).test(textOf(reading)) && `matches ${must_not_match}`,
  ({ friendly_reason }, reading) => friendly_reason === true && !hasReason(reading) && 'no reason was given',
  ({ friendly_reason_or_text: either }, reading) =>
    either === true && !hasReason(reading) && textOf(reading).trim() === '' && 'neither text nor a reason',
  ({ no_unhandled_rejection, no_throw }, { problems }) =>
    (no_unhandled_rejection === true || no_throw === true) && problems.length > 0 && problems.join('; '),
  // A reader that threw gives no result, which the panel takes for a page that is gone. Some pages the browser itself
  // does not survive: there is nothing left to read then, and a reason is all that can be given.
  ({ no_stack_overflow }, { code, crashed }) =>
    no_stack_overflow === true && code !== undefined && !crashed && `ended as ${code}`,
  ({ panel_stays_usable }, { panelMs }) =>
    panel_stays_usable === true && panelMs > USABLE_MS && `the panel answered after ${Math.round(panelMs)} ms`,
  ({ truncated_flag }, { page }) =>
    truncated_flag !== undefined && page?.truncated !== truncated_flag && 'truncated is not set',
  ({ valid_unicode, truncation_on_codepoint_boundary: whole }, { page }) =>
    (valid_unicode === true || whole === true) && page?.text.isWellFormed() !== true && 'not well-formed Unicode',
  ({ title_chars_max: max }, { page }) => max !== undefined && (page?.title.length ?? 0) > max && 'a long title',
  ({ url_chars_max: max }, { page }) => max !== undefined && (page?.url.length ?? 0) > max && 'a long address',
  ({ literal_markup_kept_as_text: kept }, reading, { html }) => {
    const lost = (html?.match(/<[^>]+>/g) ?? []).filter((tag) => !textOf(reading).includes(tag))
    return kept === true && lost.length > 0 && `lost ${lost.join(' ')}`
  },
  ({ url_and_content_from_same_moment: same }, reading) =>
    same === true && !isOfOneMoment(reading) && 'the address and the text are of two moments',
  ({ whitespace_preserved_in_pre: kept }, reading) =>
    kept === true && !keepsWhiteSpace(reading) && 'white space in code was lost',
]

/** What a reading of a weird page lacks of what its case asks for. */
export function failuresOf(page: WeirdCase, reading: Reading): readonly string[] {
  return checks.flatMap((check) => check(page.expect, reading, page) || [])
}

function missing(words: readonly string[], reading: Reading): string | false {
  const captured = textOf(reading)
  const lost = words.filter((each) => !captured.includes(each))
  return lost.length > 0 && `lacks ${lost.join(', ')}${reading.code === undefined ? '' : ` (${reading.code})`}`
}

function hasReason({ code }: Reading): boolean {
  return code !== undefined && errorSentence({ code }).length > 10
}

/** A page that changes by itself is only asked for traces of ours: comparing it with itself would say nothing. */
function isModified(before: Moment | undefined, after: Moment | undefined, restless: boolean): boolean {
  if (before === undefined || after === undefined) return false
  // The browser's own pages build themselves up for seconds, and no extension gets into them.
  if (/^(?:chrome|chrome-error|edge|about|devtools):/.test(before.url)) return false
  if (restless || before.url !== after.url) return after.traces && !before.traces
  return before.fingerprint !== after.fingerprint
}

function isOfOneMoment({ page, before, after }: Reading): boolean {
  if (page === undefined) return true
  return [before, after].some(
    (moment) => moment !== undefined && moment.url === page.url && holds(page.text, moment.text),
  )
}

function holds(text: string, shown: string): boolean {
  const words = new Set(text.match(/\w+/g))
  return (shown.match(/\w+/g) ?? []).every((word) => words.has(word))
}

function keepsWhiteSpace({ page, before }: Reading): boolean {
  const lines = (before?.code ?? '')
    .split('\n')
    .slice(0, 200)
    .map((line) => line.trimEnd())
  return lines.length > 1 && page !== undefined && page.text.includes(lines.join('\n'))
}

/** Patterns may be written as Python writes them: `(?i)` before. */
function patternOf(source: string): RegExp {
  return source.startsWith('(?i)') ? new RegExp(source.slice(4), 'iu') : new RegExp(source, 'u')
}
