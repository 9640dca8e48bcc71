import type { ToBlocks } from './block.ts'
import { cleanText } from './clean-text.ts'
import { isElement, isText } from './dom-access.ts'
import { nestedLines } from './nested-lines.ts'
import { collapseSpace } from './white-space.ts'

const listNames: ReadonlySet<string> = new Set(['ul', 'ol', 'menu', 'dir'])

/**
 * A Markdown list. Items keep the numbers that the page shows; a list within an item, or (wrongly, and often) directly
 * within a list, is indented under the item before it. Anything else that stands in a list is an item.
 */
export function listText(list: Element, toBlocks: ToBlocks): string {
  const ordered = list.localName === 'ol'
  let number = whole(list.getAttribute('start')) ?? 1
  const items: string[] = []
  for (const child of list.childNodes) {
    if (isText(child)) {
      const text = collapseSpace(cleanText(child.data)).trim()
      if (text !== '') items.push(`- ${text}`)
    } else if (isElement(child) && listNames.has(child.localName)) {
      const text = listText(child, toBlocks)
      if (text !== '') items.push(nestedLines(text, '  ', '  '))
    } else if (isElement(child)) {
      number = whole(child.getAttribute('value')) ?? number
      const mark = ordered ? `${String(number)}. ` : '- '
      if (child.localName === 'li') number++
      const blocks = toBlocks(child)
      const text = blocks.map((block) => block.text).join('\n')
      // An item that begins with a list shows nothing of its own to mark.
      if (text !== '') items.push(nestedLines(text, blocks[0]?.kind === 'list' ? '  ' : mark, '  '))
    }
  }
  return items.join('\n')
}

function whole(attribute: string | null): number | undefined {
  const number = Number.parseInt(attribute ?? '', 10)
  return Number.isSafeInteger(number) ? number : undefined
}
