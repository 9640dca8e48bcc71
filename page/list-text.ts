import type { ToBlocks } from './block.ts'
import { cleanText } from './clean-text.ts'
import { isElement, isText } from './dom-access.ts'
import { nestedLines } from './nested-lines.ts'
import type { Steps } from './steps.ts'
import { collapseSpace } from './white-space.ts'

const listNames: ReadonlySet<string> = new Set(['ul', 'ol', 'menu', 'dir'])

/** Whether a list lists words, rather than placing cards with headings of their own side by side. */
export function isDataList(list: Element): boolean {
  return list.querySelector('h1, h2, h3, h4, h5, h6, article, table') === null
}

/**
 * A Markdown list. Items keep the numbers that the page shows; a list within an item, or (wrongly, and often) directly
 * within a list, is indented under the item before it. Anything else that stands in a list is an item.
 */
function* listTextSteps(list: Element, toBlocks: ToBlocks): Steps<string> {
  const items = yield* listItemSteps(list, toBlocks)
  return items.map(({ text }) => text).join('\n')
}

export interface ListItem {
  readonly text: string
  /** The item, or the list itself for text that stands in it without one. */
  readonly element: Element
}

/** The lines of each item, its marks included. */
export function* listItemSteps(list: Element, toBlocks: ToBlocks): Steps<readonly ListItem[]> {
  const ordered = list.localName === 'ol'
  let number = whole(list.getAttribute('start')) ?? 1
  const items: ListItem[] = []
  for (const child of list.childNodes) {
    yield
    if (isText(child)) {
      const text = collapseSpace(cleanText(child.data)).trim()
      if (text !== '') items.push({ text: `- ${text}`, element: list })
    } else if (isElement(child) && listNames.has(child.localName)) {
      const text = yield* listTextSteps(child, toBlocks)
      if (text !== '') items.push({ text: nestedLines(text, '  ', '  '), element: child })
    } else if (isElement(child)) {
      number = whole(child.getAttribute('value')) ?? number
      const mark = ordered ? `${String(number)}. ` : '- '
      if (child.localName === 'li') number++
      const blocks = yield* toBlocks(child)
      const text = blocks.map((block) => block.text).join('\n')
      // An item that begins with a list shows nothing of its own to mark.
      if (text === '') continue
      items.push({ text: nestedLines(text, blocks[0]?.kind === 'list' ? '  ' : mark, '  '), element: child })
    }
  }
  return items
}

function whole(attribute: string | null): number | undefined {
  const number = Number.parseInt(attribute ?? '', 10)
  return Number.isSafeInteger(number) ? number : undefined
}
