import type { Breath } from './breath.ts'
import { splitSentences } from './sentences.ts'
import { termsOf } from './terms.ts'
import { readUnits, type Unit } from './units.ts'

export interface Sentence {
  /** Exactly as the page has it. */
  readonly text: string
  readonly kind: Unit['kind']
  /** Place on the page. */
  readonly index: number
  /** Counts units; sentences of one unit stand next to each other on the page. */
  readonly unit: number
  /** Place in its unit. */
  readonly place: number
  /** All words, and each word once. */
  readonly length: number
  readonly terms: ReadonlySet<string>
}

/** A page as ranking needs it. Headings are no sentences, but their words matter. */
export interface Reading {
  readonly sentences: readonly Sentence[]
  /** In how many sentences a word stands. */
  readonly frequency: ReadonlyMap<string, number>
  readonly headingTerms: ReadonlySet<string>
}

interface Text {
  readonly text: string
  readonly title: string
  readonly lang?: string | undefined
}

export async function readPage({ text, title, lang }: Text, breath: Breath): Promise<Reading> {
  const sentences: Sentence[] = []
  const frequency = new Map<string, number>()
  const headingTerms = new Set(termsOf(title, lang))
  let unit = 0
  for (const { kind, text: unitText } of readUnits(text)) {
    await breath.take()
    if (kind === 'heading') {
      for (const term of termsOf(unitText, lang)) headingTerms.add(term)
      continue
    }
    unit++
    for (const [place, sentence] of splitSentences(unitText, lang).entries()) {
      const words = termsOf(sentence, lang)
      const terms = new Set(words)
      for (const term of terms) frequency.set(term, (frequency.get(term) ?? 0) + 1)
      sentences.push({ text: sentence, kind, index: sentences.length, unit, place, length: words.length, terms })
      if (place % 16 === 15) await breath.take()
    }
  }
  return { sentences, frequency, headingTerms }
}
