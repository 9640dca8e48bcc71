/**
 * Words of a text in characters whose part in a word is simple, counted as Unicode's rules for text segmentation say
 * (UAX 29, WB5 to WB13b): Latin, Greek and Cyrillic letters, digits, punctuation and symbols. `Intl.Segmenter` takes
 * tens of milliseconds before its first word in every new process, and is not one rule: Node's counts as this does,
 * Chromium's takes `example.com` for two words, so that panel and server would not agree on a page's length.
 */
export interface PlainWords {
  readonly words: number
  /** The stretches between white space that hold any other character, for the segmenter. */
  readonly rest: string
}

const [letter, digit, joiner, midLetter, midDigit, midEither, other] = [1, 2, 3, 4, 5, 6, 7]

/** First and last characters of each kind. Sorted out by asking the segmenter; the test beside asks it again. */
const ranges: readonly (readonly [kind: number, ...characters: string[]])[] = [
  [letter, 'AZ', 'az', '\u00aa\u00aa', '\u00b5\u00b5', '\u00ba\u00ba', '\u00c0\u00d6', '\u00d8\u00f6', '\u00f8\u02c1'],
  [
    letter,
    '\u0386\u0386',
    '\u0388\u038a',
    '\u038c\u038c',
    '\u038e\u03a1',
    '\u03a3\u03f5',
    '\u03f7\u0481',
    '\u048a\u052f',
  ],
  [letter, '\u1e00\u1eff'],
  [digit, '09'],
  [joiner, '__'],
  [midLetter, '::', '\u00b7\u00b7', '\u2027\u2027'],
  [midDigit, ',,', ';;', '\u2044\u2044'],
  [midEither, "''", '..', '\u2018\u2019'],
  [other, '!&', '(+', '--', '//', '<@', '[^', '``', '{~', '\t\t', '\u00a0\u00a9', '\u00ab\u00ac', '\u00ae\u00b4'],
  [
    other,
    '\u00b6\u00b6',
    '\u00b9\u00b9',
    '\u00bb\u00bf',
    '\u00d7\u00d7',
    '\u00f7\u00f7',
    '\u2010\u2017',
    '\u201a\u2023',
  ],
  [other, '\u2025\u2026', '\u2030\u203e', '\u20a0\u20bf', '\u2122\u2122', '\u2190\u23ff', '\u2500\u27bf'],
]

const kindOf = new Uint8Array(0x2800)
for (const [kind, ...characters] of ranges) {
  for (const range of characters) kindOf.fill(kind, range.charCodeAt(0), range.charCodeAt(1) + 1)
}

const [space, lineFeed] = [0x20, 0x0a]

export function plainWords(text: string): PlainWords {
  let words = 0
  let rest = ''
  for (let start = 0; start < text.length;) {
    let inStretch = 0
    let isPlain = true
    let at = start
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at)
      if (code === space || code === lineFeed) break
      const kind = kindOf[code] ?? 0
      if (kind === 0) {
        if (isPicture(code, text.charCodeAt(at + 1))) at++
        else isPlain = false
      }
      if (kind === 0 || kind > joiner) continue
      const end = wordEnd(text, at)
      if (kind !== joiner || end > at + 1) inStretch++
      at = end - 1
    }
    if (isPlain) words += inStretch
    else rest += `${text.slice(start, at)}\n`
    start = at + 1
  }
  return { words, rest }
}

/** Whether a pair of units stands for an emoji other than a skin tone: those are no letters and join none. */
function isPicture(first: number, second: number): boolean {
  if (first === 0xd83d) return second >= 0xdc00 && second <= 0xdfff
  if (first === 0xd83c) return second >= 0xdf00 && second <= 0xdffa
  return first === 0xd83e && second >= 0xdd00 && second <= 0xdeff
}

/** Where the word that begins at a place ends. What stands in a word's middle needs its kind on both sides. */
function wordEnd(text: string, start: number): number {
  let last = kindAt(text, start)
  let at = start + 1
  for (; at < text.length; at++) {
    const kind = kindAt(text, at)
    if (kind === letter || kind === digit || kind === joiner) {
      last = kind
      continue
    }
    const joins =
      (last === letter && (kind === midLetter || kind === midEither)) ||
      (last === digit && (kind === midDigit || kind === midEither))
    if (!joins || kindAt(text, at + 1) !== last) break
  }
  return at
}

function kindAt(text: string, at: number): number {
  return at < text.length ? (kindOf[text.charCodeAt(at)] ?? 0) : other
}
