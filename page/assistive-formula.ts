import { childNodesOf, isElement, localNameOf, mathsIn, textOf } from './dom-access.ts'
import type { Look, Sight } from './visibility/look.ts'

/** Words that formulas are written with are shorter, or few. */
const wordLimit = 4

/**
 * The MathML that a formula renderer hides beside the drawing it shows (KaTeX, MathJax, Wikipedia): the drawing's
 * pieces cannot be read in order, the MathML can. Only an element that holds nothing else counts, and only when its
 * text is a formula's and not a sentence, because who sees the page does not see it.
 */
export function assistiveFormulas(element: Element, look: Look, parent: Sight): readonly Element[] {
  const isClosed = look.sight.reach?.kind === 'closed' && parent.reach?.kind !== 'closed'
  if (look.visibility !== 'gone' && !isClosed) return []
  const maths = mathsIn(element)
  if (maths.length === 0) return []
  const inFormulas = maths.reduce((length, math) => length + inkIn(math), 0)
  return inkIn(element) === inFormulas ? maths.filter(isFormula) : []
}

function inkIn(element: Element): number {
  return textOf(element).replace(/\s+/g, '').length
}

function isFormula(math: Element): boolean {
  const shown = childNodesOf(math).filter((node) => !(isElement(node) && localNameOf(node).startsWith('annotation')))
  const words = shown.flatMap((node) => textOf(node).match(/\p{L}{3,}/gu) ?? [])
  return words.length < wordLimit
}
