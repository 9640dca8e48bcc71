import { endWithinTokens } from '../model/tokens.ts'

/** Where to cut a text that must stay within about `tokens`: at a paragraph, a sentence or a word near the limit. */
export function cutText(text: string, tokens: number): number {
  const end = endWithinTokens(text, Math.max(0, tokens))
  if (end === text.length) return end
  const from = Math.floor(end * 0.8)
  const tail = text.slice(from, end)
  const paragraph = tail.lastIndexOf('\n\n')
  if (paragraph > 0) return from + paragraph
  const sentence = [...tail.matchAll(/[.!?]["'”’)]*\s|[。！？]/g)].at(-1)
  if (sentence) return from + sentence.index + sentence[0].trimEnd().length
  const space = tail.search(/\s\S*$/)
  return space > 0 ? from + space : end
}
