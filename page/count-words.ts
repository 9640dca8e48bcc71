import { wordsByPiece } from '../protocol/count-words.ts'
import { pace } from './pace.ts'

/** Counts as `protocol/count-words.ts` does, and gives way to the page while it counts. */
export async function countWords(text: string, lang: string): Promise<number> {
  let words = 0
  const turn = pace()
  for (const inPiece of wordsByPiece(text, lang)) {
    words += inPiece
    const due = turn()
    if (due) await due
  }
  return words
}
