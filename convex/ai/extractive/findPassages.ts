import { Best } from './best.ts'
import type { Breath } from './breath.ts'
import { matchTerm } from './matchTerm.ts'
import type { Reading, Sentence } from './readPage.ts'
import { similarity } from './similarity.ts'
import { lengthWeight } from './terms.ts'

/** One quote: sentences that stand next to each other on the page. */
export interface Found {
  readonly sentences: readonly Sentence[]
  readonly score: number
}

const PASSAGES = 3
/** Passages that compete at the end. */
const CANDIDATES = 40
/** Words of one quote beyond which no neighbour is added. */
const QUOTE_WORDS = 45
/** The part of a question's weight that one quote must match: with less the page does not say. */
const ENOUGH = 0.5
const SAME = 0.7

/** The passages of a page that match the given words best; empty when none matches enough of them. */
export async function findPassages(
  reading: Reading,
  asked: readonly string[],
  breath: Breath,
  exclude: (sentence: Sentence) => boolean = () => false,
): Promise<Found[]> {
  const forms = await findForms(reading, asked, breath)
  const count = reading.sentences.length
  const weights = asked.map((term, index) => weigh(term, forms[index], reading))
  const whole = weights.reduce((sum, weight) => sum + weight, 0)
  if (whole === 0) return []

  const found = new Best<Found>(CANDIDATES)
  for (const sentence of reading.sentences) {
    if (sentence.index % 64 === 63) await breath.take()
    if (exclude(sentence)) continue
    const matched = matchedWeight(sentence, forms, weights)
    if (matched === 0) continue
    // A neighbour that answers the rest belongs to the quote ("The lock. It opened in 1871.").
    const next = reading.sentences[sentence.index + 1]
    const joins = next && next.unit === sentence.unit && sentence.length + next.length <= QUOTE_WORDS && !exclude(next)
    const both = joins ? matchedOfBoth(sentence, next, forms, weights) : matched
    const share = Math.max(matched, 0.9 * both) / whole
    if (share < ENOUGH) continue
    const extended = joins && (0.9 * both > matched || sentence.length < 12)
    const score = share * (sentence.length < 4 ? 0.5 : 1) * (1 + 0.1 / (1 + sentence.length / 40))
    found.offer({ sentences: extended ? [sentence, next] : [sentence], score }, score)
  }
  const rarity = (term: string): number => Math.log(1 + count / (reading.frequency.get(term) ?? 1))
  return pickDistinct(
    found.items.map(({ item }) => item),
    rarity,
  )
}

/** For each word asked for, the words of the page that are forms of it, and how well each matches. */
async function findForms(
  reading: Reading,
  asked: readonly string[],
  breath: Breath,
): Promise<readonly ReadonlyMap<string, number>[]> {
  const forms = asked.map(() => new Map<string, number>())
  let seen = 0
  for (const found of reading.frequency.keys()) {
    if (++seen % 512 === 0) await breath.take()
    for (const [index, term] of asked.entries()) {
      const match = matchTerm(term, found)
      if (match > 0) forms[index]?.set(found, match)
    }
  }
  return forms
}

/** Rare words weigh most; one that is nowhere on the page as much as one that is there once. */
function weigh(term: string, forms: ReadonlyMap<string, number> | undefined, reading: Reading): number {
  let inSentences = 0
  for (const form of forms?.keys() ?? []) inSentences += reading.frequency.get(form) ?? 0
  return Math.log(1 + reading.sentences.length / Math.max(1, inSentences)) * lengthWeight(term)
}

function matchedWeight(
  { terms }: Sentence,
  forms: readonly ReadonlyMap<string, number>[],
  weights: readonly number[],
): number {
  let sum = 0
  for (const [index, words] of forms.entries()) {
    let best = 0
    for (const [word, match] of words) if (match > best && terms.has(word)) best = match
    sum += best * (weights[index] ?? 0)
  }
  return sum
}

function matchedOfBoth(
  a: Sentence,
  b: Sentence,
  forms: readonly ReadonlyMap<string, number>[],
  weights: readonly number[],
): number {
  return matchedWeight({ ...a, terms: new Set([...a.terms, ...b.terms]) }, forms, weights)
}

/** The best passages, none that overlaps or repeats a better one, and none far behind the best. */
function pickDistinct(bestFirst: readonly Found[], rarity: (term: string) => number): Found[] {
  const chosen: Found[] = []
  for (const passage of bestFirst) {
    const best = chosen[0]
    if (chosen.length === PASSAGES || (best && passage.score < best.score * 0.7)) break
    if (!chosen.some((other) => repeats(passage, other, rarity))) chosen.push(passage)
  }
  return chosen
}

function repeats(a: Found, b: Found, rarity: (term: string) => number): boolean {
  return a.sentences.some((one) =>
    b.sentences.some((other) => one === other || similarity(one.terms, other.terms, rarity) >= SAME),
  )
}
