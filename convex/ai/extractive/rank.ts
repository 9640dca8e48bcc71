import type { Breath } from './breath.ts'
import type { Reading, Sentence } from './readPage.ts'
import { lengthWeight } from './terms.ts'

/** Weights of one page's words: those it keeps coming back to, and names in its headings, but not its grammar. */
export async function topicWeights(
  { sentences, frequency, headingTerms }: Reading,
  breath: Breath,
): Promise<Map<string, number>> {
  const count = sentences.length
  const weights = new Map<string, number>()
  let seen = 0
  for (const [term, inSentences] of frequency) {
    if (++seen % 512 === 0) await breath.take()
    const inHeading = headingTerms.has(term)
    if (inSentences < 2 && !inHeading) continue
    // Squared: a word of every third sentence is grammar more often than topic, whatever the language.
    const rarity = Math.log(1 + count / inSentences) ** 2
    weights.set(term, Math.log(1 + inSentences) * rarity * lengthWeight(term) * (inHeading ? 2 : 1))
  }
  return weights
}

/** How much a sentence says of what the page is about, as a number to compare. */
export function sentenceScore(sentence: Sentence, weights: ReadonlyMap<string, number>, isLead: boolean): number {
  let sum = 0
  for (const term of sentence.terms) sum += weights.get(term) ?? 0
  const dense = sum / Math.sqrt(8 + sentence.terms.size)
  return dense * lengthPrior(sentence.length) * shapePrior(sentence) * (isLead ? 1.5 : 1)
}

/** Whether a sentence stands by itself: a caption, a byline or a button does not. */
export function isProse({ text, length }: Sentence): boolean {
  return length >= 5 && endsSentence(text)
}

/** Between 8 and 35 words a sentence is most likely to be whole and to the point. */
function lengthPrior(length: number): number {
  if (length < 5) return 0.2
  if (length < 8) return 0.7
  if (length <= 35) return 1
  return length <= 60 ? 0.7 : 0.35
}

export function isQuestion({ text }: Sentence): boolean {
  return /[?？؟]["'”’»)\]]*$/.test(text)
}

function shapePrior(sentence: Sentence): number {
  const { text, kind, place } = sentence
  let prior = kind === 'item' ? 0.9 : 1
  if (isQuestion(sentence)) prior *= 0.5
  else if (/[:：]$/.test(text)) prior *= 0.4
  else if (!endsSentence(text)) prior *= kind === 'item' ? 0.8 : 0.4
  // The first sentence of a paragraph most often says what the paragraph is about.
  return place === 0 && kind === 'paragraph' ? prior * 1.2 : prior
}

function endsSentence(text: string): boolean {
  return /[.!?…。！？｡؟۔।॥។།][\p{Pe}\p{Pf}"'’\]\d]*$/u.test(text)
}
