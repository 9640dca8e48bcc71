import { fillers, isOrdinary, synonymOf } from './ordinary-words.ts'
import type { Random } from '../random.ts'

// Parts of names, addresses and code are no words.
const tokens = /(?<![\p{L}\p{N}_./@:\\])[\p{L}\p{N}\p{M}'’-]+(?![\p{L}\p{N}_/@\\(]|\.\p{L})/gu

/**
 * A sentence with one to three of its ordinary words said otherwise, left out or added; null when it has too few of
 * them. At least half of the words stay.
 */
export function reword(text: string, others: readonly string[], random: Random): string | null {
  const words = [...text.matchAll(tokens)]
  const ordinary = words.filter(({ 0: word }, at) => at > 0 && isOrdinary(word, words[at - 1]?.[0]))
  const count = 1 + random.below(3)
  if (ordinary.length < count + 1) return null
  const chosen = random
    .shuffled(ordinary)
    .slice(0, count)
    .toSorted((a, b) => b.index - a.index)
  let reworded = text
  for (const { 0: word, index } of chosen) {
    reworded = reworded.slice(0, index) + otherWording(word, others, random) + reworded.slice(index + word.length)
  }
  return reworded.replace(/ {2,}/g, ' ').replace(/ ([,.;:!?])/g, '$1')
}

function otherWording(word: string, others: readonly string[], random: Random): string {
  const kind = random.below(3)
  if (kind === 0) return ''
  if (kind === 1) return `${random.pick(fillers) ?? 'also'} ${word}`
  const synonym = synonymOf(word)
  if (synonym !== undefined) return synonym
  const other = random.pick(others)
  return other === undefined || other === word ? '' : other
}

/** Ordinary words of a text, to stand for others. */
export function ordinaryWords(text: string): string[] {
  return [...new Set(text.match(tokens))].filter((word) => word.length > 3 && isOrdinary(word, undefined))
}
