import { bodyOf, boxOf, documentElementOf, measureOf, rangeOf, windowOf } from '../dom-access.ts'
import type { Backdrop } from './backdrop.ts'
import { darkCanvas, white } from './colour.ts'
import { Coverings } from './coverings.ts'
import { colourReader } from './colour-reader.ts'
import type { Eye, Sight } from './look.ts'
import { documentReach, windowReach } from './reach.ts'
import { styleReader } from './style-reader.ts'

export interface OpenEye {
  readonly eye: Eye
  /** What holds for the document's root, in a frame within what holds for the frame. */
  readonly sight: Sight
}

/** Looks into a document that is shown in a window; `null` for one that is not. */
export function openEye(document: Document, frame?: Sight): OpenEye | null {
  const window = windowOf(document)
  const root = documentElementOf(document)
  if (window === null || root === null) return null
  const styleOf = styleReader(window)
  const range = rangeOf(document)
  const eye: Eye = {
    styleOf,
    readColour: colourReader(),
    windowReach: windowReach(window),
    coverings: new Coverings(styleOf),
    placeOf: (text) => {
      range.selectNode(text)
      return range.getBoundingClientRect()
    },
  }
  const canvas: Backdrop = /^(?:only )?dark\b/.test(styleOf(root).colorScheme) ? [darkCanvas] : [white]
  const reach = isLaidOut(document, root) ? documentReach(document, window) : undefined
  return {
    eye,
    sight: {
      opacity: frame?.opacity ?? 1,
      behind: frame === undefined ? canvas : frame.behind,
      reach,
      anchored: reach,
      sunken: undefined,
    },
  }
}

/** A document without a size is not laid out: nothing can be said about places in it. */
function isLaidOut(document: Document, root: Element): boolean {
  const body = bodyOf(document)
  return measureOf(root, 'clientWidth') > 0 || boxOf(root).width > 0 || (body !== null && boxOf(body).width > 0)
}
