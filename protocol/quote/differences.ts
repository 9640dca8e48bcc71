import { alignWords, isSame } from './align-words.ts'
import { type PreparedText, prepareText, sourceRange } from './prepare-text.ts'
import { type Word, wordsOf } from './word.ts'

/** Words that a quote and the page share (as the page has them), that only the quote has, or that only the page has. */
export interface Difference {
  readonly kind: 'same' | 'quote' | 'page'
  readonly text: string
}

/** Longer texts are compared as wholes: the comparison's time is the product of both lengths. */
const WORDS = 1000

/**
 * How a quote's words differ from the page's, in order; of a change, what the quote has comes first. Compared as quotes
 * are: other quotation marks or white space are no difference.
 */
export function differences(quote: string, page: string): readonly Difference[] {
  const [ours, theirs] = [prepareText(quote), prepareText(page)]
  const [left, right] = [wordsOf(ours.folded), wordsOf(theirs.folded)]
  if (left.length > WORDS || right.length > WORDS) {
    const whole: Difference = { kind: 'page', text: page }
    return ours.folded === theirs.folded ? [{ ...whole, kind: 'same' }] : [{ kind: 'quote', text: quote }, whole]
  }
  const found: Difference[] = []
  let added: Word[] = []
  let leftOut: Word[] = []
  let same: Word[] = []
  const endChange = (): void => {
    push(found, 'quote', ours, added)
    push(found, 'page', theirs, leftOut)
    added = []
    leftOut = []
  }
  for (const { quote: a, page: b } of alignWords(left, right, false)) {
    if (a && b && isSame(a, b) && a.written === b.written) {
      endChange()
      same.push(b)
      continue
    }
    push(found, 'same', theirs, same)
    same = []
    if (a) added.push(a)
    if (b) leftOut.push(b)
  }
  endChange()
  push(found, 'same', theirs, same)
  return found
}

/** Neighbouring words as they are written, white space and all. */
function push(found: Difference[], kind: Difference['kind'], text: PreparedText, words: readonly Word[]): void {
  const [first, last] = [words[0], words.at(-1)]
  if (!first || !last) return
  const { start, end } = sourceRange(text, first.from, last.from + last.written.length)
  found.push({ kind, text: text.source.slice(start, end).replace(/\s+/g, ' ') })
}
