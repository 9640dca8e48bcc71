import type { ToBlocks } from './block.ts'
import { nestedLines } from './nested-lines.ts'

/** A Markdown list. Items keep the numbers that the page shows; a list within an item is indented under it. */
export function listText(list: Element, toBlocks: ToBlocks): string {
  const ordered = list.localName === 'ol'
  let number = Number.parseInt(list.getAttribute('start') ?? '1', 10)
  if (!Number.isSafeInteger(number)) number = 1
  const items: string[] = []
  for (const item of itemsOf(list)) {
    const text = toBlocks(item)
      .map((block) => block.text)
      .join('\n')
    const mark = ordered && item.localName === 'li' ? `${String(number++)}. ` : '- '
    if (text !== '') items.push(nestedLines(text, mark, '  '))
  }
  return items.join('\n')
}

/** A list's own text nodes are left to the item before them by no browser: pages that nest badly still show them. */
function itemsOf(list: Element): Element[] {
  return [...list.children]
}
