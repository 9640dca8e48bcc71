import { attributeNamesOf, attributeOf, hasWithin, localNameOf, namespaceOf } from './dom-access.ts'
import { blockNames, frameNames, metadataNames, svgTextNames, unreadNames } from './element-kinds.ts'

export const svgNamespace = 'http://www.w3.org/2000/svg'
const mathNamespace = 'http://www.w3.org/1998/Math/MathML'
const htmlNamespace = 'http://www.w3.org/1999/xhtml'

/** `metadata` elements are copied although a browser never renders them: extractors read the title there. */
export type Treatment = 'copy' | 'metadata' | 'frame' | 'drop'

export function treatmentOf(element: Element): Treatment {
  const name = localNameOf(element)
  if (namespaceOf(element) === svgNamespace) {
    // Most drawings are icons, and looking at each costs more than looking for words in it.
    const hasWords = name === 'svg' ? hasWithin(element, 'text, foreignObject') : svgTextNames.has(name)
    return hasWords ? 'copy' : 'drop'
  }
  return treatments.get(name) ?? 'copy'
}

const treatments: ReadonlyMap<string, Treatment> = new Map([
  ...Array.from(unreadNames, (name) => [name, 'drop'] as const),
  ...Array.from(frameNames, (name) => [name, 'frame'] as const),
  ...Array.from(metadataNames, (name) => [name, 'metadata'] as const),
])

/** Whether only style, not its name, makes the element a box: the copy has no style, so its words need a space around. */
export function isBoxByStyle(element: Element, boxed: boolean): boolean {
  return boxed && !blockNames.has(localNameOf(element)) && !metadataNames.has(localNameOf(element))
}

const parsableName = /^[a-z][\w.-]*$/i
const attributeLimit = 1_000

/**
 * An empty element of another document with the name and the plain attributes of this one. Left out: what makes an
 * extractor think a shown element hidden (`style`, `hidden`), handlers, values, and the names and ids by which a form
 * control or an image would shadow properties of its form or document.
 */
export function copyElement(element: Element, copy: Document): Element {
  const name = localNameOf(element)
  const copied = emptyElement(element, name, copy)
  for (const attribute of attributeNamesOf(element)) {
    if (!isCopied(attribute)) continue
    if (attribute === 'name' && name !== 'meta') continue
    if (attribute === 'value' && name !== 'li') continue
    if (attribute === 'id' && shadowing.has(name)) continue
    const value = attributeOf(element, attribute)
    if (value !== null && value.length <= attributeLimit) copied.setAttribute(attribute, value)
  }
  return copied
}

/** What is decided of names alone, each once: a page has thousands of attributes and few names for them. */
const decided = new Map<string, boolean>()

function isCopied(attribute: string): boolean {
  const known = decided.get(attribute)
  if (known !== undefined) return known
  const copied = parsableName.test(attribute) && !omitted.test(attribute)
  decided.set(attribute, copied)
  return copied
}

const omitted = /^(?:on.*|style|hidden|srcdoc|srcset)$/i
const shadowing: ReadonlySet<string> = new Set(['img', 'form', 'button', 'fieldset', 'output'])

function emptyElement(element: Element, name: string, copy: Document): Element {
  // Where scripts are off its content is shown, and extractors would take the name for a hidden element.
  if (name === 'noscript') return copy.createElement('span')
  const namespace = namespaceOf(element)
  if (namespace === mathNamespace) return copy.createElementNS(mathNamespace, name)
  if (namespace !== htmlNamespace || !parsableName.test(name)) return copy.createElement('span')
  return copy.createElement(name)
}
