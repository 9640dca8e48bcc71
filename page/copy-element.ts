import { attributeNamesOf, attributeOf, localNameOf, namespaceOf } from './dom-access.ts'
import { blockNames, frameNames, metadataNames, svgTextNames, unreadNames } from './element-kinds.ts'

export const svgNamespace = 'http://www.w3.org/2000/svg'
const mathNamespace = 'http://www.w3.org/1998/Math/MathML'
const htmlNamespace = 'http://www.w3.org/1999/xhtml'

/** `metadata` elements are copied although a browser never renders them: extractors read the title there. */
export type Treatment = 'copy' | 'metadata' | 'frame' | 'drop'

export function treatmentOf(element: Element): Treatment {
  const name = localNameOf(element)
  if (namespaceOf(element) === svgNamespace) return svgTextNames.has(name) ? 'copy' : 'drop'
  if (unreadNames.has(name)) return 'drop'
  if (frameNames.has(name)) return 'frame'
  return metadataNames.has(name) ? 'metadata' : 'copy'
}

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
  const isMeta = name === 'meta'
  for (const attribute of attributeNamesOf(element)) {
    if (!parsableName.test(attribute) || omitted.test(attribute)) continue
    if (attribute === 'name' && !isMeta) continue
    if (attribute === 'value' && name !== 'li') continue
    if (attribute === 'id' && shadowing.has(name)) continue
    const value = attributeOf(element, attribute)
    if (value !== null && value.length <= attributeLimit) copied.setAttribute(attribute, value)
  }
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
