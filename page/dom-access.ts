import { ownGetter } from './own-getter.ts'

/**
 * Reading the DOM where a page can shadow its properties: `<form><input name="childNodes">` replaces
 * `form.childNodes`, `<img name="title">` replaces `document.title`, for content scripts too. The prototype's own
 * getters cannot be shadowed from a page.
 */
export const nodeTypeOf = ownGetter(() => Node.prototype, 'nodeType')

const firstChildOf = ownGetter(() => Node.prototype, 'firstChild')
const nextSiblingOf = ownGetter(() => Node.prototype, 'nextSibling')

/** A list of the moment: the page may change its own. */
export function childNodesOf(node: Node): readonly ChildNode[] {
  const nodes: ChildNode[] = []
  for (let child = firstChildOf(node); child !== null; child = nextSiblingOf(child)) nodes.push(child)
  return nodes
}

export function isElement(node: Node): node is Element {
  return nodeTypeOf(node) === 1
}

export function isText(node: Node): node is Text {
  const type = nodeTypeOf(node)
  return type === 3 || type === 4
}

export function isDocument(node: Node): node is Document {
  return nodeTypeOf(node) === 9
}

export const localNameOf = ownGetter(() => Element.prototype, 'localName')

export const namespaceOf = ownGetter(() => Element.prototype, 'namespaceURI')

export const openShadowRootOf = ownGetter(() => Element.prototype, 'shadowRoot')

export function attributeNamesOf(element: Element): string[] {
  return Element.prototype.getAttributeNames.call(element)
}

export function attributeOf(element: Element, name: string): string | null {
  return Element.prototype.getAttribute.call(element, name)
}

export function documentElementOf(document: Document): Element | null {
  return Reflect.get(Document.prototype, 'documentElement', document)
}

export function titleOf(document: Document): string {
  return Reflect.get(Document.prototype, 'title', document)
}

export function contentTypeOf(document: Document): string {
  return Reflect.get(Document.prototype, 'contentType', document)
}

export function activeElementOf(root: Document | ShadowRoot): Element | null {
  const owner = isDocument(root) ? Document.prototype : ShadowRoot.prototype
  return Reflect.get(owner, 'activeElement', root)
}

export function windowOf(document: Document): (Window & typeof globalThis) | null {
  return Reflect.get(Document.prototype, 'defaultView', document)
}

/** A document that is never shown: nothing in it loads, runs or becomes a custom element. */
export function inertDocument(document: Document): Document {
  const implementation: DOMImplementation = Reflect.get(Document.prototype, 'implementation', document)
  return implementation.createHTMLDocument('')
}

const parentNodeOf = ownGetter(() => Node.prototype, 'parentNode')

/** The parent in the tree that is shown, as far as shadow roots go: of a shadow root's child it is the host. */
export function shownParentOf(node: Node): Element | null {
  const slot: unknown = isElement(node) || isText(node) ? Reflect.get(node, 'assignedSlot') : null
  if (slot instanceof Node && isElement(slot)) return slot
  const parent = parentNodeOf(node)
  if (parent === null || isElement(parent)) return parent
  const host: unknown = nodeTypeOf(parent) === 11 ? Reflect.get(parent, 'host') : null
  return host instanceof Node && isElement(host) ? host : null
}

export function boxOf(element: Element): DOMRect {
  return Element.prototype.getBoundingClientRect.call(element)
}

/** A number that layout gives an element, in px: its inside with padding, and how far and wide it scrolls. */
export function measureOf(
  element: Element,
  name: 'clientHeight' | 'clientWidth' | 'scrollHeight' | 'scrollLeft' | 'scrollTop' | 'scrollWidth',
): number {
  return Reflect.get(Element.prototype, name, element)
}

export function bodyOf(document: Document): Element | null {
  return Reflect.get(Document.prototype, 'body', document)
}

/** The document in a frame, where its origin is the page's own; `null` for any other frame. */
export function frameDocumentOf(element: Element): Document | null {
  const owner = localNameOf(element) === 'iframe' ? HTMLIFrameElement.prototype : HTMLFrameElement.prototype
  return Reflect.get(owner, 'contentDocument', element)
}

/** A live list: it costs what is looked at of it, where a list of the moment costs all of a page's elements. */
export function elementsIn(root: Element): HTMLCollectionOf<Element> {
  return Element.prototype.getElementsByTagName.call(root, '*')
}

export function framesIn(root: Element): NodeListOf<Element> {
  return Element.prototype.querySelectorAll.call(root, 'iframe, frame')
}

export function elementsMatching(document: Document, selector: string): NodeListOf<Element> {
  return Document.prototype.querySelectorAll.call(document, selector)
}

export function hasWithin(element: Element, selector: string): boolean {
  return Element.prototype.querySelector.call(element, selector) !== null
}

/** An empty range of a document, by which texts are measured. One serves all: a browser keeps track of each. */
export function rangeOf(document: Document): Range {
  return Document.prototype.createRange.call(document)
}

export function isWithin(node: Node, ancestor: Element): boolean {
  return Node.prototype.contains.call(ancestor, node)
}

/** The first match in the document or shadow root that an element is in. */
export function findInTree(element: Element, selector: string): Element | null {
  const root: Node = Node.prototype.getRootNode.call(element)
  if (isDocument(root)) return Document.prototype.querySelector.call(root, selector)
  return nodeTypeOf(root) === 11 ? DocumentFragment.prototype.querySelector.call(root, selector) : null
}

export function hasAnimations(element: Element): boolean {
  return Element.prototype.getAnimations.call(element).length > 0
}

export function assignedNodesOf(slot: Element): readonly Node[] {
  return HTMLSlotElement.prototype.assignedNodes.call(slot)
}

export function mathsIn(element: Element): readonly Element[] {
  return [...Element.prototype.querySelectorAll.call(element, 'math')]
}

export function textOf(node: Node): string {
  return Reflect.get(Node.prototype, 'textContent', node) ?? ''
}

export function followsInTree(node: Node, other: Node): boolean {
  return (Node.prototype.compareDocumentPosition.call(other, node) & 4) !== 0
}

/** The sources of a document's scripts of one type. */
export function scriptTextsOf(document: Document, type: string): readonly string[] {
  return Array.from(elementsMatching(document, `script[type="${type}"]`), (script) => script.textContent)
}
