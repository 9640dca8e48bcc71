import { knownFolding } from './fold-character.ts'
import { foldText } from './fold-text.ts'
import type { OffsetMap } from './offset-map.ts'

/** A text made ready for many quotes: once per snapshot. */
export interface PreparedText {
  readonly source: string
  readonly folded: string
  /** `folded` in lower case, unit for unit. */
  readonly lower: string
  readonly map: OffsetMap
}

export function prepareText(source: string): PreparedText {
  const { text, map } = foldText(source)
  return { source, folded: text, lower: lowerCase(text), map }
}

/** Lower case of the same length: the few letters that would grow stay as they are. */
export function lowerCase(text: string): string {
  const lower = text.toLowerCase()
  if (lower.length === text.length) return lower
  return text
    .replace(/[^\p{ASCII}]/gu, (character) => {
      const small = character.toLowerCase()
      return small.length === character.length ? small : character
    })
    .replace(/[A-Z]+/g, (letters) => letters.toLowerCase())
}

/** The range of the source that stands behind a range of the folded text. */
export function sourceRange({ source, map }: PreparedText, start: number, end: number): { start: number; end: number } {
  const last = map.toSource(end - 1)
  let after = last + (isHighSurrogate(source.charCodeAt(last)) ? 2 : 1)
  while (after < source.length && knownFolding(source.charAt(after)) === 'mark') after++
  return { start: map.toSource(start), end: after }
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff
}
