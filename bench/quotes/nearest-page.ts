import type { PageText } from './page-text.ts'

/** For each page the one that shares most of its rare words: a page on the same subject, where there is one. */
export function nearestPage(pages: readonly PageText[]): Map<PageText, PageText> {
  const frequency = new Map<string, number>()
  const words = pages.map((page) => new Set(page.words.split(' ').filter((word) => word.length > 3)))
  for (const set of words) for (const word of set) frequency.set(word, (frequency.get(word) ?? 0) + 1)
  const weight = (word: string): number => Math.log(pages.length / (frequency.get(word) ?? 1))
  const sums = words.map((set) => [...set].reduce((sum, word) => sum + weight(word), 0))

  const nearest = new Map<PageText, PageText>()
  for (const [at, page] of pages.entries()) {
    let best = { other: -1, score: -1 }
    for (const other of pages.keys()) {
      if (other === at) continue
      const [mine, theirs] = [words[at], words[other]]
      let shared = 0
      for (const word of mine ?? []) if (theirs?.has(word)) shared += weight(word)
      const score = shared / Math.sqrt((sums[at] ?? 1) * (sums[other] ?? 1) + 1)
      if (score > best.score) best = { other, score }
    }
    const found = pages[best.other]
    if (found) nearest.set(page, found)
  }
  return nearest
}
