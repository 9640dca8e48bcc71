/**
 * Reading the DOM where a page can shadow its properties: `<form><input name="childNodes">` replaces
 * `form.childNodes`, `<img name="title">` replaces `document.title`, for content scripts too. The prototype's own
 * getters cannot be shadowed from a page.
 */
export function nodeTypeOf(node: Node): number {
  return Reflect.get(Node.prototype, 'nodeType', node)
}

export function childNodesOf(node: Node): NodeListOf<ChildNode> {
  return Reflect.get(Node.prototype, 'childNodes', node)
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

export function localNameOf(element: Element): string {
  return Reflect.get(Element.prototype, 'localName', element)
}

export function namespaceOf(element: Element): string | null {
  return Reflect.get(Element.prototype, 'namespaceURI', element)
}

export function openShadowRootOf(element: Element): ShadowRoot | null {
  return Reflect.get(Element.prototype, 'shadowRoot', element)
}

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
