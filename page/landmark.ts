import type { PlacedBlock } from './placed-blocks.ts'

const withinContent = 'nav, aside, button, [role="navigation"], [role="complementary"], [role="search"]'
const aroundContent = `${withinContent}, body > header, body > footer, [role="banner"], [role="contentinfo"]`

/**
 * Which blocks of a copied page stand in the part that its author marks as the content (`main`, the only article, else
 * the body), without what surrounds content by its name. Used where the extractors find nothing or would take too long.
 */
export function inLandmark(copy: Document, page: readonly PlacedBlock[]): readonly boolean[] {
  const marked = copy.querySelector('main, [role="main"]') ?? onlyArticle(copy)
  const isMarked = page.map(({ element }) => marked !== null && marked.contains(element))
  const root = isMarked.includes(true) ? marked : null
  const inRoot = root === null ? page.map(() => true) : isMarked
  const surroundings = root === null ? aroundContent : withinContent
  const kept = page.map((block, at) => inRoot[at] === true && !isSurrounding(block, surroundings, root))
  return kept.includes(true) ? kept : inRoot
}

function isSurrounding(block: PlacedBlock, surroundings: string, root: Element | null): boolean {
  const closest = block.element.closest(surroundings)
  const isWithin = closest !== null && (root === null || (closest !== root && root.contains(closest)))
  return isWithin || isButton(block)
}

/** A button stands in a line, so that its block is what it stands in. */
function isButton({ kind, text, element }: PlacedBlock): boolean {
  if (kind !== 'paragraph' || text.length > buttonLength) return false
  const said = Array.from(element.querySelectorAll('button'), ({ textContent }) => textContent.trim())
  const inText = said.filter((words) => text.includes(words))
  return inText.reduce((length, words) => length + words.length, 0) >= text.length / 2
}

/** Characters that a button says at most. */
const buttonLength = 80

function onlyArticle(copy: Document): Element | null {
  const articles = copy.querySelectorAll('article')
  return articles.length === 1 ? (articles[0] ?? null) : null
}
