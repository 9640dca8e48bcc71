/** Words of a text for comparing: letters and digits, lower-cased, without Markdown's marks. */
export function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
}

/** Texts of fewer words than this say too little to be found by their words alone: their place decides. */
const shingle = 3

export type Coverage = (selection: readonly (readonly string[])[]) => readonly number[]

/**
 * Compares the texts of a page with selections of the same page: for each text the share of its words that a selection
 * holds, between 0 and 1. Both are in reading order. A text that the page repeats counts as often as the selection
 * holds it, where its neighbours are held.
 */
export function coverageOf(page: readonly (readonly string[])[]): Coverage {
  const ids = new Map<string, number>()
  const pageKeys = page.map(keyOf)
  const pageShingles = page.map((words) => (words.length < shingle ? [] : shingles(words, ids)))
  return (selection) => {
    const covered = matchWhole(pageKeys, selection.map(keyOf))
    const held = new Set<number>()
    for (const words of selection) for (const key of shingles(words, ids)) held.add(key)
    return page.map((words, at) => covered[at] ?? shareHeld(pageShingles[at] ?? [], held, words.length))
  }
}

/** 1 for texts found whole, 0 for further repeats of such texts, undefined for all others. */
function matchWhole(pageKeys: readonly string[], selectionKeys: readonly string[]): (number | undefined)[] {
  const places = Map.groupBy(pageKeys.keys(), (at) => pageKeys[at] ?? '')
  const counts = Map.groupBy(selectionKeys.keys(), (at) => selectionKeys[at] ?? '')
  const free = new Map([...places].map(([key, all]) => [key, [...all]]))
  const covered: (number | undefined)[] = pageKeys.map(() => undefined)
  // What stands once in both is certain, and says where the repeated texts around it belong.
  let near = 0
  for (const key of selectionKeys) {
    const candidates = free.get(key)
    if (candidates === undefined || candidates.length === 0 || key === '') continue
    const isCertain = places.get(key)?.length === 1 && counts.get(key)?.length === 1
    const at = takeFree(candidates, near)
    if (at === undefined) continue
    covered[at] = 1
    if (isCertain || at - near < nearby) near = at
  }
  for (const [key, candidates] of places) {
    if (!counts.has(key)) continue
    for (const at of candidates) covered[at] ??= 0
  }
  return covered
}

/** Blocks. A repeated text that is found further away than this says nothing about where the selection has come to. */
const nearby = 20

/** Takes the first place from `near` on out of the free ones, which are in order, else the last before it. */
function takeFree(free: number[], near: number): number | undefined {
  let low = 0
  let high = free.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((free[middle] ?? 0) < near) low = middle + 1
    else high = middle
  }
  const [taken] = free.splice(low < free.length ? low : free.length - 1, 1)
  return taken
}

function keyOf(words: readonly string[]): string {
  return words.join(' ')
}

function shingles(words: readonly string[], ids: Map<string, number>): number[] {
  const numbers = words.map((word) => {
    const known = ids.get(word)
    if (known !== undefined) return known
    ids.set(word, ids.size + 1)
    return ids.size
  })
  const keys: number[] = []
  for (let at = 0; at + shingle <= numbers.length; at++) {
    // Two ids and the sum of the third's bits stay within what a double holds exactly for 131,072 different words.
    keys.push(((numbers[at] ?? 0) * 131_072 + (numbers[at + 1] ?? 0)) * 131_072 + (numbers[at + 2] ?? 0))
  }
  return keys
}

function shareHeld(keys: readonly number[], held: ReadonlySet<number>, words: number): number {
  let count = 0
  let reach = 0
  for (const [at, key] of keys.entries()) {
    if (!held.has(key)) continue
    count += at + shingle - Math.max(at, reach)
    reach = at + shingle
  }
  return words === 0 ? 0 : count / words
}
