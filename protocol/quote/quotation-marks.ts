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
 * so is an apostrophe. One pass over the text.
 */
export function quotationPairs(text: string, isMark: (at: number) => boolean = () => true): Pair[] {
  const pairs: Pair[] = []
  const open: { mark: string; at: number }[] = []
  for (const { 0: mark, index: at } of text.matchAll(marks)) {
    if (!isMark(at)) continue
    const around = { before: text.charAt(at - 1), after: text.charAt(at + 1) }
    const closes = open.findLastIndex((opened) => closers[opened.mark]?.includes(mark))
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
