import { Best } from '../extractive/best.ts'
import { Breath } from '../extractive/breath.ts'
import { matchTerm } from '../extractive/matchTerm.ts'
import { lengthWeight, termsOf } from '../extractive/terms.ts'
import type { ReadablePage } from './readablePage.ts'

/** BM25's usual constants: how soon a repeated word says nothing new, and how much a long passage is held back. */
const SATURATION = 1.2
const LENGTH_SHARE = 0.75

/**
 * The orders of a page's passages that hold most of the words asked for, best first, both zones alike. For pages whose
 * search index is still being written, and for words that the index does not find in their other forms.
 */
export async function rankPassages(
  { page, passages }: ReadablePage,
  asked: readonly string[],
  most: number,
): Promise<number[]> {
  if (asked.length === 0) return []
  const matched = new Map<string, readonly number[]>()
  const breath = new Breath()
  const found: { counts: readonly number[]; length: number }[] = []
  for (const { start, end } of passages) {
    await breath.take()
    const words = termsOf(page.text.slice(start, end), page.lang)
    const counts = asked.map(() => 0)
    for (const word of words) {
      let matches = matched.get(word)
      if (!matches) matched.set(word, (matches = asked.map((term) => matchTerm(term, word))))
      for (const [index, match] of matches.entries()) counts[index] = (counts[index] ?? 0) + match
    }
    found.push({ counts, length: words.length })
  }
  const average = found.reduce((sum, { length }) => sum + length, 0) / Math.max(1, found.length)
  const weights = asked.map((term, index) => {
    const holding = found.filter(({ counts }) => (counts[index] ?? 0) > 0).length
    return Math.log(1 + (found.length - holding + 0.5) / (holding + 0.5)) * lengthWeight(term)
  })

  const best = new Best<number>(most)
  for (const [order, { counts, length }] of found.entries()) {
    const held = SATURATION * (1 - LENGTH_SHARE + (LENGTH_SHARE * length) / Math.max(1, average))
    let score = 0
    for (const [index, count] of counts.entries()) {
      score += ((weights[index] ?? 0) * count * (SATURATION + 1)) / (count + held)
    }
    if (score > 0) best.offer(order, score)
  }
  return best.items.map(({ item }) => item)
}
