/** Longer words are cut: Convex drops them, and what is dropped cannot be found. UTF-16 units. */
const longestTerm = 32

const word = /[\p{Alphabetic}\p{N}][\p{Alphabetic}\p{N}\p{M}]*/gu

/**
 * Scripts that are written without spaces, and the mark of long vowels that two of them share; every two neighbouring
 * characters are a term.
 */
const spaceless = String.raw`\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\u30fc\p{sc=Thai}\p{sc=Lao}\p{sc=Khmr}\p{sc=Mymr}`
const hasSpaceless = new RegExp(`[${spaceless}]`, 'u')
const runs = new RegExp(`[${spaceless}]+|[^${spaceless}]+`, 'gu')

/** The terms of a document's text, in order, repeated as often as they occur. */
export function documentTerms(text: string): readonly string[] {
  const words = wordsOf(text)
  if (!beyondSimple.test(text) || !hasSpaceless.test(text)) return words.map(cut)
  return words.flatMap((word) => runsOf(word).flatMap(documentTermsOfRun))
}

export interface QueryTerm {
  readonly text: string
  /** Whether terms that only begin with the text match too. */
  readonly isPrefix: boolean
}

/** What a search looks for: the first `most` terms, each once; the last one may be the beginning of a word. */
export function queryTerms(text: string, most: number): QueryTerm[] {
  const terms = wordsOf(text)
    .flatMap((word) => (hasSpaceless.test(word) ? runsOf(word).flatMap(queryTermsOfRun) : exact(cut(word))))
    .slice(0, most)
  const isPrefix = new Map<string, boolean>()
  for (const [position, term] of terms.entries()) {
    const mayBegin = term.isPrefix || position === terms.length - 1
    isPrefix.set(term.text, mayBegin || isPrefix.get(term.text) === true)
  }
  return [...isPrefix].map(([text, isPrefix]) => ({ text, isPrefix }))
}

function wordsOf(text: string): readonly string[] {
  const plain = beyondSimple.test(text) ? text.normalize('NFC') : text
  const lower = plain.toLowerCase()
  return hasSurrogates.test(lower) ? (lower.match(word) ?? []) : wordsOfPlane(lower)
}

/** Below it no letter is composed of two. */
const beyondSimple = /[^\0-\u02ff]/
const hasSurrogates = /[\ud800-\udfff]/

/** What `word` finds in a text without surrogates, several times as fast. */
function wordsOfPlane(text: string): string[] {
  const kinds = (kindsOfUnits ??= readKinds())
  const words: string[] = []
  let start = -1
  for (let at = 0; at < text.length; at++) {
    const kind = kinds[text.charCodeAt(at)] ?? other
    if (start === -1) {
      if (kind === begins) start = at
    } else if (kind === other) {
      words.push(text.slice(start, at))
      start = -1
    }
  }
  if (start !== -1) words.push(text.slice(start))
  return words
}

const other = 0
const begins = 1
const continues = 2
let kindsOfUnits: Uint8Array | null = null

/** Of each UTF-16 unit, what it can do in a word. */
function readKinds(): Uint8Array {
  const canBegin = /^[\p{Alphabetic}\p{N}]$/u
  const canContinue = /^\p{M}$/u
  return Uint8Array.from({ length: 0x10000 }, (_, unit) => {
    const character = String.fromCharCode(unit)
    return canBegin.test(character) ? begins : canContinue.test(character) ? continues : other
  })
}

function runsOf(word: string): readonly string[] {
  return word.match(runs) ?? []
}

/** Every character begins a term, so that a single one is found as a prefix. */
function documentTermsOfRun(run: string): string[] {
  if (!hasSpaceless.test(run)) return [cut(run)]
  const characters = [...run]
  return characters.map((character, position) => character + (characters[position + 1] ?? ''))
}

function queryTermsOfRun(run: string): QueryTerm[] {
  if (!hasSpaceless.test(run)) return [exact(cut(run))]
  const pairs = documentTermsOfRun(run)
  return pairs.length === 1 ? pairs.map((text) => ({ text, isPrefix: true })) : pairs.slice(0, -1).map(exact)
}

function exact(text: string): QueryTerm {
  return { text, isPrefix: false }
}

function cut(word: string): string {
  if (word.length <= longestTerm) return word
  const head = word.slice(0, longestTerm)
  return head.isWellFormed() ? head : head.slice(0, -1)
}
