import { cleanText } from './clean-text.ts'
import { activeElementOf, openShadowRootOf } from './dom-access.ts'
import { surroundings } from './surroundings.ts'
import { preservedSpace } from './white-space.ts'

export interface PageSelection {
  /** The parts, joined by a blank line. */
  readonly text: string
  readonly parts: {
    readonly text: string
    /** Up to 64 characters of the page before and after it, on one line, to find it again. Empty in a form field. */
    readonly prefix: string
    readonly suffix: string
  }[]
}

/** What the person selected: on the page (several ranges where the browser allows it), or within the focused field. */
export function pageSelection(page: Document, selection: Selection | null, limit: number): PageSelection | null {
  const fieldText = selectedInField(focusedElement(page))
  if (fieldText !== undefined) {
    const text = selectedText(fieldText, limit)
    return text === '' ? null : { text, parts: [{ text, prefix: '', suffix: '' }] }
  }
  if (selection === null || selection.rangeCount === 0 || selection.isCollapsed) return null
  const text = selectedText(selection.toString(), limit)
  if (text === '') return null
  const first = selection.getRangeAt(0)
  const last = selection.getRangeAt(selection.rangeCount - 1)
  return { text, parts: [{ text, ...surroundings(first, last) }] }
}

function selectedText(raw: string, limit: number): string {
  return preservedSpace(cleanText(raw.slice(0, limit)))
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

function focusedElement(page: Document): Element | null {
  let focused = activeElementOf(page)
  for (let root = focused && openShadowRootOf(focused); root !== null; root = focused && openShadowRootOf(focused)) {
    const inner = activeElementOf(root)
    if (inner === null) break
    focused = inner
  }
  return focused
}

/** Fields whose text is a person's own writing. Passwords, codes, card numbers and the like are never read. */
const readableTypes: ReadonlySet<string> = new Set(['text', 'search', 'url', 'tel'])
const secretAutofill = /\b(?:cc-|one-time-code|current-password|new-password)/

function selectedInField(focused: Element | null): string | undefined {
  const isText = focused instanceof HTMLInputElement && readableTypes.has(focused.type)
  if (!isText && !(focused instanceof HTMLTextAreaElement)) return undefined
  if (secretAutofill.test(focused.getAttribute('autocomplete') ?? '')) return undefined
  const { selectionStart, selectionEnd } = focused
  if (selectionStart === null || selectionEnd === null || selectionStart === selectionEnd) return undefined
  return focused.value.slice(selectionStart, selectionEnd)
}
