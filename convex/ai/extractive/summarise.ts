import { Best } from './best.ts'
import type { Breath } from './breath.ts'
import { isProse, isQuestion, sentenceScore, topicWeights } from './rank.ts'
import type { Reading, Sentence } from './readPage.ts'
import { similarity } from './similarity.ts'
import { lengthWeight } from './terms.ts'

/** Words a summary aims at, and sentences it has at most. */
const WORDS = 150
const SENTENCES = 7
/** Sentences that compete at the end; comparing each with each of a whole book would take minutes. */
const FINALISTS = 60
/** Beyond this two sentences count as the same. */
const SAME = 0.6

/** The sentences that say most of what the page says, none twice, in reading order. The lead is always among them. */
export async function summarise(reading: Reading, breath: Breath): Promise<Sentence[]> {
  const lead = findLead(reading.sentences)
  const weights = await topicWeights(reading, breath)
  const finalists = new Best<Sentence>(FINALISTS)
  for (const sentence of reading.sentences) {
    if (sentence.index % 64 === 63) await breath.take()
    const early = 1 + 0.3 * Math.exp(-sentence.index / 10)
    finalists.offer(sentence, sentenceScore(sentence, weights, sentence === lead) * early)
  }

  const count = reading.sentences.length
  const rarity = (term: string): number => lengthWeight(term) * Math.log(1 + count / (reading.frequency.get(term) ?? 1))
  const target = Math.min(SENTENCES, Math.max(3, Math.ceil(count / 5)))
  const chosen: Sentence[] = lead ? [lead] : []
  let words = lead?.length ?? 0
  while (chosen.length < target && words < WORDS) {
    let best: { sentence: Sentence; value: number } | null = null
    for (const { item: sentence, score } of finalists.items) {
      if (chosen.includes(sentence) || score <= 0) continue
      const nearest = Math.max(0, ...chosen.map((other) => similarity(sentence.terms, other.terms, rarity)))
      if (nearest >= SAME) continue
      const value = score * (1 - nearest)
      if (!best || value > best.value) best = { sentence, value }
    }
    if (!best) break
    chosen.push(best.sentence)
    words += best.sentence.length
    await breath.take()
  }
  return chosen.toSorted((a, b) => a.index - b.index)
}

/** The first sentence of the first paragraph that is prose; on a page of lists, the first item that is. */
function findLead(sentences: readonly Sentence[]): Sentence | undefined {
  const opening = sentences.slice(0, 40)
  return (
    opening.find((one) => one.kind === 'paragraph' && one.place === 0 && isProse(one) && !isQuestion(one)) ??
    opening.find((sentence) => sentence.kind === 'paragraph' && isProse(sentence)) ??
    opening.find(isProse)
  )
}
