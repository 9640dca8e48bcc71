import type { ToBlocks } from './block.ts'
import { nestedLines } from './nested-lines.ts'
import type { Steps } from './steps.ts'

export function* quoteTextSteps(quote: Element, toBlocks: ToBlocks): Steps<string> {
  const inner = yield* toBlocks(quote)
  if (inner.length === 0) return ''
  return nestedLines(inner.map(({ text }) => text).join('\n\n'), '> ', '> ').replace(/^> $/gm, '>')
}
