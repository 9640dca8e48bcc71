/** How a character is folded, beyond being kept as it is. */
export type Folding = 'keep' | 'space' | 'quote' | 'dash' | 'drop' | 'ellipsis' | 'mark' | 'compatible' | 'raised'

const ignorable = /[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cc}]/u
const quote = /["'`´‘’‚‛“”„‟«»‹›「」『』〝〞〟﹁﹂﹃﹄＂＇״׳]/u
const raised = /[²³¹⁰⁴-⁹₀-₉]/u

/** Of one UTF-16 unit or code point. */
export function foldingOf(character: string): Folding {
  if (/\s/u.test(character)) return 'space'
  if (quote.test(character)) return 'quote'
  if (/[\p{Pd}\u2212]/u.test(character)) return 'dash'
  if (character === '…') return 'ellipsis'
  if (raised.test(character)) return 'raised'
  if (ignorable.test(character)) return 'drop'
  if (/\p{M}/u.test(character)) return 'mark'
  // Fractions, circled and other numbers that are not digits stay: 1½ is not 11/2.
  if (/\p{No}/u.test(character)) return 'keep'
  return character.normalize('NFKC') === character ? 'keep' : 'compatible'
}

const known = new Map<string, Folding>()

/** As `foldingOf`, remembered: a text has few different characters beyond ASCII. */
export function knownFolding(character: string): Folding {
  let folding = known.get(character)
  if (folding === undefined) {
    folding = foldingOf(character)
    known.set(character, folding)
  }
  return folding
}
