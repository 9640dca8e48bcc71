/** Fewer tokens than these no server has for a prompt: a smaller report is a made-up one. */
const SMALLEST_CONTEXT = 512

/**
 * The part of a prompt that its server read, 0 to 1, from the tokens it reported: a local server cuts a prompt that is
 * longer than its context and says nothing. 1 unless the report is below what any tokenizer would make of the text.
 */
export function servedShare(texts: readonly string[], reported: number | undefined): number {
  if (reported === undefined || reported < SMALLEST_CONTEXT) return 1
  let least = 0
  let likely = 0
  for (const text of texts) {
    for (let at = 0; at < text.length; at++) {
      const [few, usual] = tokensOf(text.charCodeAt(at))
      least += few
      likely += usual
    }
  }
  return reported >= least ? 1 : Math.min(1, reported / likely)
}

/** Tokens of one UTF-16 unit: with the tokenizer that makes fewest of it, and usually. */
function tokensOf(unit: number): readonly [number, number] {
  if (unit <= 0x20) return spaces
  if (unit < 0x250) return latin
  return unit >= 0x2e80 && unit < 0xd800 ? han : other
}

/** White space mostly belongs to the word after it, and long runs of it to one token. */
const spaces = [0, 0.1] as const
const latin = [0.17, 0.25] as const
const han = [0.45, 0.7] as const
const other = [0.17, 0.35] as const
