/**
 * About how many tokens a text is, on the high side, for any tokenizer: a quarter of a token for a Latin letter, half
 * for one of another alphabet, one for a Han or Kana character or a Hangul syllable.
 */
export function estimateTokens(text: string): number {
  return Math.ceil(weigh(text) / 100)
}

/** The furthest end such that `text.slice(0, end)` is about `tokens`, never inside a surrogate pair. */
export function endWithinTokens(text: string, tokens: number): number {
  let weight = 0
  for (let at = 0; at < text.length; at++) {
    weight += unitWeight(text.charCodeAt(at))
    if (weight > tokens * 100) return isLow(text.charCodeAt(at)) ? Math.max(0, at - 1) : at
  }
  return text.length
}

function weigh(text: string): number {
  let weight = 0
  for (let at = 0; at < text.length; at++) weight += unitWeight(text.charCodeAt(at))
  return weight
}

/** Hundredths of a token. */
function unitWeight(unit: number): number {
  if (unit < 0x250) return 28
  if (unit >= 0x2e80 && unit < 0xd800) return 100
  return 60
}

function isLow(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff
}
