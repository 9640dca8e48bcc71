/** How well a text holds the words of another, each word as often as it stands there. All between 0 and 1. */
export interface Score {
  readonly f1: number
  readonly precision: number
  readonly recall: number
}

/** As the authors of WCXB score: Python's `\w+` (letters, digits and `_` of every script), lower-cased, as a bag. */
export function scoreWords(text: string, truth: string): Score {
  const found = words(text)
  const wanted = words(truth)
  // Where nothing is marked, nothing can be lost, and all that is found is too much.
  if (wanted.length === 0) {
    const none = found.length === 0 ? 1 : 0
    return { f1: none, precision: none, recall: 1 }
  }
  if (found.length === 0) return { f1: 0, precision: 0, recall: 0 }
  const left = new Map<string, number>()
  for (const word of wanted) left.set(word, (left.get(word) ?? 0) + 1)
  let shared = 0
  for (const word of found) {
    const count = left.get(word) ?? 0
    if (count === 0) continue
    left.set(word, count - 1)
    shared++
  }
  const precision = shared / found.length
  const recall = shared / wanted.length
  return { f1: shared === 0 ? 0 : (2 * precision * recall) / (precision + recall), precision, recall }
}

/** The share of snippets whose words stand in the text one after the other; undefined without snippets. */
export function shareFound(text: string, snippets: readonly string[]): number | undefined {
  const inOrder = (of: string) => ` ${words(of).join(' ')} `
  const whole = inOrder(text)
  const real = snippets.map(inOrder).filter((snippet) => snippet.trim() !== '')
  return real.length === 0 ? undefined : real.filter((snippet) => whole.includes(snippet)).length / real.length
}

function words(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? []
}
