import { cleanText } from './clean-text.ts'
import { selectedInField } from './selected-field.ts'
import { selectedRanges } from './selected-ranges.ts'
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

/** The contract's (protocol/capture.ts). */
const PARTS = 50

/**
 * What the person selected: within the focused field, or else on the page, in several parts where there are several.
 * @param limit characters of all parts together, blank lines between them apart
 */
export function pageSelection(page: Document, selection: Selection | null, limit: number): PageSelection | null {
  const inField = selectedInField(page)
  const parts: PageSelection['parts'] = []
  let left = limit
  const keep = (raw: string, around: () => { prefix: string; suffix: string }): void => {
    const text = selectedText(raw, left)
    if (text === '' || parts.length === PARTS) return
    parts.push({ text, ...around() })
    left = Math.max(0, left - text.length - 2)
  }
  if (inField === undefined) {
    for (const { range, text } of selectedRanges(page, selection)) keep(text, () => surroundings(range, range))
  } else keep(inField, () => ({ prefix: '', suffix: '' }))
  return parts.length === 0 ? null : { text: parts.map(({ text }) => text).join('\n\n'), parts }
}

function selectedText(raw: string, limit: number): string {
  return preservedSpace(cleanText(raw.slice(0, limit)))
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}
