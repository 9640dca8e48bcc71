import { cleanText } from './clean-text.ts'
import { collapseSpace } from './white-space.ts'

/**
 * What stands in a line for an element that is not read as its own text: an image's description, a formula's source,
 * a ruby reading. `undefined` when the element is ordinary.
 */
export function replacedText(element: Element): string | undefined {
  switch (element.localName) {
    case 'img':
      return imageText(element.getAttribute('alt') ?? '')
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

/** `![a red door]`: told apart from the page's own words, which it is not part of. File names describe nothing. */
function imageText(alt: string): string {
  const text = plain(alt)
  return text === '' || /^\S+\.(?:avif|gif|jpe?g|png|svg|webp)$/i.test(text) ? '' : ` ![${text}] `
}

function formulaText(math: Element): string {
  const source = math.querySelector('annotation[encoding="application/x-tex"]')?.textContent
  return plain(source ?? math.getAttribute('alttext') ?? math.textContent)
}

/** Formula renderers show a drawing beside the MathML that assistive technology reads: the same formula twice. */
function isFormulaCopy(element: Element): boolean {
  return element.getAttribute('aria-hidden') === 'true' && element.parentElement?.querySelector('math') !== null
}
