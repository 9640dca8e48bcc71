import { splitTokens } from '../../tests/support/provider/split-tokens.ts'
import { prose } from '../../tests/support/reply-scripts.ts'

/** A reply of exactly so many tokens of the scripted provider. */
export function makeReply(tokens: number): string {
  for (let paragraphs = Math.ceil(tokens / 50); ; paragraphs *= 2) {
    const split = splitTokens(prose(paragraphs))
    if (split.length >= tokens) return split.slice(0, tokens).join('')
  }
}
