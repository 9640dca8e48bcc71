import type { Block } from './block.ts'
import { cleanText } from './clean-text.ts'
import { wordsOf } from './coverage.ts'
import type { Steps } from './steps.ts'
import { collapseSpace } from './white-space.ts'

/** Descriptions of fewer words name what is seen anyway: a logo, an icon, a person. */
const fewestWords = 3
/** Images of one page that are looked at. */
const imageLimit = 500

/**
 * What the images of a copied page are said to show, each once, where the page's own text does not say the same. As
 * Markdown sets an image, without an address: `![A chart of the tides]`.
 *
 * @param page the page's blocks
 */
export function* imageDescriptionSteps(copy: Document, page: readonly Block[]): Steps<readonly Block[]> {
  const said = page.map(({ text }) => text).join('\n')
  const descriptions = new Set<string>()
  for (const image of [...copy.querySelectorAll('img[alt]')].slice(0, imageLimit)) {
    yield
    if (isDecoration(image)) continue
    const description = collapseSpace(cleanText(image.getAttribute('alt') ?? '')).trim()
    const isSaid = descriptions.has(description) || said.includes(description)
    if (!isSaid && wordsOf(description).length >= fewestWords) descriptions.add(description)
  }
  return Array.from(descriptions, (description) => ({ kind: 'paragraph', text: `![${description}]` }))
}

function isDecoration(image: Element): boolean {
  return (
    /^(?:presentation|none)$/.test(image.getAttribute('role') ?? '') || image.getAttribute('aria-hidden') === 'true'
  )
}
