import type { PlacedBlock } from './placed-blocks.ts'
import { mapSteps } from './steps.ts'
import type { Steps } from './steps.ts'

const withinContent = 'nav, aside, button, [role="navigation"], [role="complementary"], [role="search"]'
const aroundContent = `${withinContent}, body > header, body > footer, [role="banner"], [role="contentinfo"]`

/**
 * Which blocks of a copied page stand in the part that its author marks as the content (`main`, the only article, else
 * the body), without what surrounds content by its name. Used where the extractors find nothing or would take too long.
 */
export function* landmarkSteps(copy: Document, page: readonly PlacedBlock[]): Steps<readonly boolean[]> {
  const marked = copy.querySelector('main, [role="main"]') ?? onlyArticle(copy)
  const isMarked = page.map(({ element }) => marked !== null && marked.contains(element))
  const root = isMarked.includes(true) ? marked : null
  const surroundings = root === null ? aroundContent : withinContent
  const buttons = new Map<Element, readonly string[]>()
  const kept = yield* mapSteps(page, (block) => {
    if (root !== null && !root.contains(block.element)) return false
    return !isSurrounding(block.element, surroundings, root) && !isButton(block, buttons)
  })
  if (kept.includes(true)) return kept
  return root === null ? page.map(() => true) : isMarked
}

function isSurrounding(element: Element, surroundings: string, root: Element | null): boolean {
  const closest = element.closest(surroundings)
  return closest !== null && (root === null || (closest !== root && root.contains(closest)))
}

/**
 * A button stands in a line, so that its block is what it stands in.
 *
 * @param buttons what the buttons of an element say, once it was looked for: an element can hold thousands of lines
 */
function isButton({ kind, text, element }: PlacedBlock, buttons: Map<Element, readonly string[]>): boolean {
  if (kind !== 'paragraph' || text.length > buttonLength) return false
  const said = buttons.get(element) ?? buttonsIn(element)
  buttons.set(element, said)
  const inText = said.filter((words) => text.includes(words))
  return inText.reduce((length, words) => length + words.length, 0) >= text.length / 2
}

function buttonsIn(element: Element): readonly string[] {
  return Array.from(element.querySelectorAll('button'), ({ textContent }) => textContent.trim())
}

/** Characters that a button says at most. */
const buttonLength = 80

function onlyArticle(copy: Document): Element | null {
  const articles = copy.querySelectorAll('article')
  return articles.length === 1 ? (articles[0] ?? null) : null
}
