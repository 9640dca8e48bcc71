import type { ToBlocks } from './block.ts'
import { nestedLines } from './nested-lines.ts'

export function quoteText(quote: Element, toBlocks: ToBlocks): string {
  const inner = toBlocks(quote)
  if (inner.length === 0) return ''
  return nestedLines(inner.map(({ text }) => text).join('\n\n'), '> ', '> ').replace(/^> $/gm, '>')
}
