import type { SelectedPart } from './capture.ts'

export interface Place {
  /** UTF-16 offsets into the text, `end` exclusive. */
  readonly start: number
  readonly end: number
}

/** Words and characters of a selection's beginning, and of its end, that are looked for. */
const EDGE_WORDS = 16
const EDGE_LENGTH = 200
/** Occurrences of a beginning that are weighed against each other. */
const MAX_CANDIDATES = 500
/** What stands around an occurrence is compared over so much of the text: Markdown may stand between its words. */
const AROUND_LENGTH = 400

const word = /[\p{L}\p{N}\p{M}]+/gu
const between = '[^\\p{L}\\p{N}\\p{M}]*'

/**
 * Where the parts of a selection stand in a snapshot's text, sorted and not overlapping. The words are compared, and
 * nothing between them: a browser gives a selection as it lays it out, a snapshot holds Markdown. Of several places
 * with the same words it is the one with the same words around it. A part that is not there is left out.
 */
export function locateSelection(text: string, parts: readonly SelectedPart[]): Place[] {
  const places: Place[] = []
  const found = parts.flatMap((part) => locatePart(text, part) ?? []).toSorted((a, b) => a.start - b.start)
  for (const place of found) if (place.start >= (places.at(-1)?.end ?? 0)) places.push(place)
  return places
}

function locatePart(text: string, part: SelectedPart): Place | undefined {
  const words = part.text.match(word) ?? []
  if (words.length === 0) return exactPlace(text, part.text.trim())
  const head = edgeOf(words)
  const tail = edgeOf(words.toReversed()).toReversed()
  const whole = head.length === words.length && head.join('') === words.join('')
  let best: { place: Place; score: number } | undefined
  for (const { start, end: headEnd } of occurrences(text, head)) {
    const end = whole ? headEnd : endOf(text, { start, tail, length: part.text.length })
    if (end === undefined) continue
    const place = withPunctuation(text, { start, end }, part.text)
    const score = likeness(text, place, part)
    if (!best || score > best.score) best = { place, score }
  }
  return best?.place
}

/** The first words, as many as are sure to tell one place from another. */
function edgeOf(words: readonly string[]): string[] {
  const edge: string[] = []
  let length = 0
  for (const one of words) {
    if (edge.length === EDGE_WORDS || length >= EDGE_LENGTH) break
    edge.push(one)
    length += one.length
  }
  return edge
}

function* occurrences(text: string, words: readonly string[]): Generator<Place> {
  // The words are letters, digits and marks only: nothing in them means anything to a pattern.
  const pattern = new RegExp(words.join(between), 'giu')
  for (let count = 0; count < MAX_CANDIDATES; count++) {
    const match = pattern.exec(text)
    if (!match) return
    yield { start: match.index, end: pattern.lastIndex }
    pattern.lastIndex = match.index + 1
  }
}

/** Where a long selection that begins at `start` ends: at its last words, about as far away as it is long. */
function endOf(
  text: string,
  { start, tail, length }: { start: number; tail: readonly string[]; length: number },
): number | undefined {
  let best: { end: number; off: number } | undefined
  for (const { end } of occurrences(text.slice(start, start + 2 * length), tail)) {
    const off = Math.abs(end - length)
    if (best && off > best.off) break
    best = { end: start + end, off }
  }
  return best?.end
}

/** With the marks at its edges that were selected too, such as the full stop. */
function withPunctuation(text: string, { start, end }: Place, selected: string): Place {
  const [before = ''] = /^[^\p{L}\p{N}\p{M}]*/u.exec(selected.trim()) ?? []
  const [after = ''] = /[^\p{L}\p{N}\p{M}]*$/u.exec(selected.trim()) ?? []
  let [from, to] = [start, end]
  for (const mark of Array.from(before).toReversed()) {
    if (!text.slice(0, from).endsWith(mark)) break
    from -= mark.length
  }
  for (const mark of Array.from(after)) {
    if (!text.startsWith(mark, to)) break
    to += mark.length
  }
  return { start: from, end: to }
}

/** How many letters around a place are the ones around the selection. */
function likeness(text: string, { start, end }: Place, { prefix, suffix }: SelectedPart): number {
  const before = lettersOf(text.slice(Math.max(0, start - AROUND_LENGTH), start)).toReversed()
  const after = lettersOf(text.slice(end, end + AROUND_LENGTH))
  return alike(before, lettersOf(prefix).toReversed()) + alike(after, lettersOf(suffix))
}

function lettersOf(text: string): string[] {
  return Array.from((text.match(word) ?? []).join('').toLowerCase())
}

function alike(a: readonly string[], b: readonly string[]): number {
  const differs = b.findIndex((letter, index) => letter !== a[index])
  return differs === -1 ? b.length : differs
}

function exactPlace(text: string, selected: string): Place | undefined {
  const start = selected === '' ? -1 : text.indexOf(selected)
  return start < 0 ? undefined : { start, end: start + selected.length }
}
