import { cleanText } from './clean-text.ts'
import { collapseSpace } from './white-space.ts'

/**
 * What stands in a line for an element that is not read as its own text: the description of an image of text, a
 * formula's source, a ruby reading. `undefined` when the element is ordinary.
 */
export function replacedText(element: Element): string | undefined {
  switch (element.localName) {
    case 'img':
      return imageText(element)
    case 'math':
      return formulaText(element)
    case 'rp':
      return ''
    case 'rt':
      return `(${plain(element.textContent)})`
    default:
      return isFormulaCopy(element) ? '' : undefined
  }
}

function plain(text: string): string {
  return collapseSpace(cleanText(text)).trim()
}

/**
 * The description of an image that stands for text: an emoji drawn as an image, a heading set as one. Other
 * descriptions are read apart from the text (`image-descriptions.ts`): nobody sees them.
 */
function imageText(image: Element): string {
  const alt = plain(image.getAttribute('alt') ?? '')
  const standsForText = isEmoji(alt) || image.closest('h1, h2, h3, h4, h5, h6') !== null
  return standsForText ? alt : ''
}

/** The engine takes tens of milliseconds to build the second pattern: only few pages need it. */
function isEmoji(alt: string): boolean {
  return /^[\p{Emoji}\p{Emoji_Component}]+$/u.test(alt) && /^\p{RGI_Emoji}+$/v.test(alt)
}

function formulaText(math: Element): string {
  const source = math.querySelector('annotation[encoding="application/x-tex"]')?.textContent
  return plain(source ?? math.getAttribute('alttext') ?? math.textContent)
}

/** Formula renderers show a drawing beside the MathML that assistive technology reads: the same formula twice. */
function isFormulaCopy(element: Element): boolean {
  if (element.getAttribute('aria-hidden') !== 'true') return false
  return [element.previousElementSibling, element.nextElementSibling].some(
    (sibling) => sibling?.localName === 'math' || (sibling?.querySelector('math') ?? null) !== null,
  )
}
