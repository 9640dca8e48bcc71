import { unspaced } from './stands-alone.ts'

/** A pair of quotation marks in a text; offsets of the marks themselves. */
export interface Pair {
  readonly open: number
  readonly close: number
}

/** What may end a quotation that this mark began, in the languages of Europe and East Asia. */
const closers: Readonly<Record<string, string>> = {
  '“': '”"',
  '„': '“”"',
  '”': '”',
  '‟': '”',
  '«': '»',
  '»': '«»',
  '‹': '›',
  '›': '‹›',
  '‘': '’',
  '‚': '‘’',
  '"': '"”',
  "'": "'",
  '「': '」',
  '『': '』',
  '﹁': '﹂',
  '﹃': '﹄',
  '〝': '〟〞',
  '＂': '＂',
}
const marks = /["'“”„‟«»‹›‘’‚「」『』﹁﹂﹃﹄〝〞〟＂]/gu
/** Quotations within quotations. Deeper ones are not writing. */
const DEPTH = 6

/**
 * The outermost complete pairs of quotation marks, in order. A mark that opens and is never closed is passed over, and
 * so is an apostrophe. The text is read once.
 */
export function quotationPairs(text: string, isMark: (at: number) => boolean = () => true): Pair[] {
  const pairs: Pair[] = []
  const open: { mark: string; at: number }[] = []
  const found = Array.from(text.matchAll(marks), ({ index }) => index).filter(isMark)
  let ends: readonly boolean[] | undefined
  for (const [order, at] of found.entries()) {
    const mark = text.charAt(at)
    const around = aroundOf(text, at)
    const closes = open.findLastIndex((opened) => closers[opened.mark]?.includes(mark))
    if (closes >= 0 && mayBePossessive(mark, around)) {
      ends ??= endsAhead(text, found)
      if (ends[order] === true) continue
    }
    if (closes >= 0 && mayClose(mark, around, open[closes]?.mark)) {
      const from = open[closes]?.at ?? at
      open.length = closes
      while ((pairs.at(-1)?.open ?? -1) > from) pairs.pop()
      pairs.push({ open: from, close: at })
    } else if (mayOpen(mark, around)) {
      if (open.length === DEPTH) open.shift()
      open.push({ mark, at })
    }
  }
  return pairs
}

interface Around {
  readonly before: string
  readonly after: string
  /** What comes after `after`. */
  readonly next: string
}

function aroundOf(text: string, at: number): Around {
  return { before: text.charAt(at - 1), after: text.charAt(at + 1), next: text.charAt(at + 2) }
}

/**
 * For each mark, whether a single one that can only end a quotation stands further on, before another begins: only then
 * is one after an s the apostrophe of a plural ("‘the dogs’ bowls are full’").
 */
function endsAhead(text: string, found: readonly number[]): boolean[] {
  const ahead: boolean[] = []
  let ends = false
  for (const at of found.toReversed()) {
    ahead.push(ends)
    const [mark, around] = [text.charAt(at), aroundOf(text, at)]
    if (/['‘]/u.test(mark) && mayOpen(mark, around)) ends = false
    else if (/['‘’]/u.test(mark) && !isWord(around.after) && !mayBePossessive(mark, around)) ends = true
  }
  return ahead.toReversed()
}

function mayBePossessive(mark: string, { before, after, next }: Around): boolean {
  return /['’]/u.test(mark) && /[sxz]/iu.test(before) && /\s/u.test(after) && isWord(next)
}

function mayOpen(mark: string, { before, after }: Around): boolean {
  if (closers[mark] === undefined) return false
  if (/[“„‟«‹「『﹁﹃〝]/u.test(mark)) return true
  if (mark === '‘') return !isWord(before)
  // These also close, or are apostrophes, commas and measures.
  const begins = before === '' || /[\s([{—–:/"“„«»‘'*_]/u.test(before) || unspaced.test(before)
  return begins && after !== '' && !/\s/u.test(after)
}

function mayClose(mark: string, { before, after }: Around, opened: string | undefined): boolean {
  if (mark === '“' && opened !== '„') return false
  // An apostrophe in or after a word closes nothing while the word goes on.
  if (/['’‘]/u.test(mark) && isWord(after)) return false
  if (mark === '"' || mark === '»' || mark === "'") {
    const opensAnother = (before === '' || /[\s([{]/u.test(before)) && isWord(after)
    return !opensAnother || mark !== opened
  }
  return true
}

function isWord(character: string): boolean {
  return /[\p{L}\p{N}]/u.test(character)
}
