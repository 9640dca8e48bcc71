import { activeElementOf, attributeOf, frameDocumentOf, localNameOf, openShadowRootOf, windowOf } from './dom-access.ts'

/** Fields whose text is a person's own writing. Passwords, codes, card numbers and the like are never read. */
const readableTypes: ReadonlySet<string> = new Set(['text', 'search', 'url', 'tel'])
const secretAutofill = /\b(?:cc-|one-time-code|current-password|new-password)/

/** What the person selected within the focused field; undefined where that is no field that is read, or nothing is. */
export function selectedInField(page: Document): string | undefined {
  const field = focusedElement(page)
  const prototype = field && fieldPrototypes[localNameOf(field)]
  if (!field || !prototype || isSecret(field)) return undefined
  const read = (name: string): unknown => Reflect.get(prototype, name, field)
  if (prototype === HTMLInputElement.prototype && !readableTypes.has(String(read('type')))) return undefined
  const [start, end, value] = [read('selectionStart'), read('selectionEnd'), read('value')]
  if (typeof start !== 'number' || typeof end !== 'number' || start === end) return undefined
  return typeof value === 'string' ? value.slice(start, end) : undefined
}

// By name: a field in a frame is of another window's class.
const fieldPrototypes: Readonly<Record<string, object | undefined>> = {
  input: HTMLInputElement.prototype,
  textarea: HTMLTextAreaElement.prototype,
}

/** By what the page says of it, or because it shows dots for what is written. */
function isSecret(field: Element): boolean {
  if (secretAutofill.test(attributeOf(field, 'autocomplete') ?? '')) return true
  const view = windowOf(field.ownerDocument)
  const dots = view?.getComputedStyle(field).getPropertyValue('-webkit-text-security') ?? ''
  return dots !== '' && dots !== 'none'
}

/** The element that has the focus, through shadow roots and frames of the page's own origin. */
function focusedElement(page: Document): Element | null {
  let focused = activeElementOf(page)
  for (;;) {
    const inside = focused && (openShadowRootOf(focused) ?? ownFrameDocument(focused))
    const inner = inside && activeElementOf(inside)
    if (inner === null || inner === undefined) return focused
    focused = inner
  }
}

function ownFrameDocument(element: Element): Document | null {
  return /^i?frame$/.test(localNameOf(element)) ? frameDocumentOf(element) : null
}
