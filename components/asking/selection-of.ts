import type { CapturedSelection } from '../../protocol/capture.ts'
import type { PageReading } from '../page-context/read-page.ts'
import type { Ask } from './perform-ask.ts'

/** The selection that an ask is about: what the page holds now, or what the menu told of it. */
export function selectionOf({ entry, usedQuote }: Ask, { selection }: PageReading): CapturedSelection | undefined {
  const { kind, selectionText } = entry.intent
  if (kind === 'summarise' || kind === 'compare') return undefined
  const told = selectionText === undefined ? undefined : asTold(selectionText, selection)
  if (kind === 'explain-selection') return selection ?? told
  if (told) return told
  return selection === null || selection.text === usedQuote ? undefined : selection
}

/** The menu tells words without what stands around them, which the page does while they are still selected. */
function asTold(text: string, selection: CapturedSelection | null): CapturedSelection {
  const same = selection !== null && onOneLine(selection.text) === onOneLine(text)
  return same ? selection : { text, parts: [{ text, prefix: '', suffix: '' }] }
}

function onOneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
