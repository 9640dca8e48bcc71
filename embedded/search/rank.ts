import { Best } from '../values/best.ts'
import type { Matches } from './matches.ts'

export interface Ranked {
  readonly rowId: number
  readonly score: number
  readonly creationTime: number
}

/** The usual constants of BM25: how soon repetition stops to count, and how much the length of a text does. */
const saturation = 1.2
const lengthWeight = 0.75
/** Documents in a step. */
const stepLength = 4096

/**
 * The best documents first; of equal ones the newest. How rare a term is, and how long a usual text, is taken from the
 * documents that match: so the order changes only with documents that a subscription on the search is told of, and
 * tells nothing of documents behind other filters. A step is about a millisecond.
 */
export function* rank(matches: Matches, termCount: number, most: number): Generator<void, Ranked[]> {
  const scores = yield* scoresOf(matches, termCount)
  const best = new Best<Ranked>(
    most,
    (left, right) => right.score - left.score || right.creationTime - left.creationTime,
  )
  // The newest mostly come last. Begun with them, all that is equally good falls out at once.
  for (let position = scores.length - 1; position >= 0; position--) {
    if (position % stepLength === 0) yield
    const rowId = matches.rowIds[position] ?? 0
    best.add({ rowId, score: scores[position] ?? 0, creationTime: matches.creationTimes[position] ?? 0 })
  }
  return best.items
}

function* scoresOf({ lengths, frequencies }: Matches, termCount: number): Generator<void, Float64Array> {
  const scores = new Float64Array(lengths.length)
  const totalLength = lengths.reduce((sum, length) => sum + length, 0)
  const usualLength = Math.max(1, totalLength / lengths.length)
  yield
  for (let term = 0; term < termCount; term++) {
    const rarity = rarityOf(countWith(frequencies, term, termCount), lengths.length)
    // Without iterators: there can be very many documents.
    for (let position = 0; position < scores.length; position++) {
      if (position % stepLength === 0) yield
      const frequency = frequencies[position * termCount + term] ?? 0
      if (frequency === 0) continue
      const relativeLength = (lengths[position] ?? 0) / usualLength
      const damping = saturation * (1 - lengthWeight + lengthWeight * relativeLength)
      scores[position] = (scores[position] ?? 0) + (rarity * frequency * (saturation + 1)) / (frequency + damping)
    }
  }
  return scores
}

function countWith(frequencies: readonly number[], term: number, termCount: number): number {
  let count = 0
  for (let at = term; at < frequencies.length; at += termCount) if ((frequencies[at] ?? 0) > 0) count++
  return count
}

function rarityOf(withTerm: number, all: number): number {
  return Math.log(1 + (all - withTerm + 0.5) / (withTerm + 0.5))
}
