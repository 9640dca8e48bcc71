import { bodyOf, boxOf, childNodesOf, documentElementOf, frameDocumentOf, measureOf } from './dom-access.ts'
import { lookAt } from './visibility/look.ts'
import type { Sight } from './visibility/look.ts'
import { openEye } from './visibility/open-eye.ts'
import type { OpenEye } from './visibility/open-eye.ts'
import { isOutOfReach } from './visibility/out-of-reach.ts'

export interface FrameContent {
  readonly nodes: readonly Node[]
  readonly parent: Element
  readonly open: OpenEye
}

/** A frame smaller than this, in px, shows no text: it is there to send or count something. */
const leastSize = 4

/**
 * What is shown in a frame of the page's own origin that is itself shown with `sight`. `null` for a frame of another
 * origin, for one that is hidden or too small, and for one without content.
 */
export function frameContent(frame: Element, sight: Sight): FrameContent | null {
  const document = frameDocumentOf(frame)
  if (document === null) return null
  const root = documentElementOf(document)
  const body = bodyOf(document)
  if (root === null || body === null || sight.reach?.kind === 'closed') return null
  const isSmall = measureOf(frame, 'clientWidth') < leastSize || measureOf(frame, 'clientHeight') < leastSize
  if (sight.reach !== undefined && isSmall) return null
  const open = openEye(document, sight)
  if (open === null) return null
  const { eye } = open
  if (sight.reach !== undefined && isOutOfReach(boxOf(frame), frame, sight.reach, eye.styleOf)) return null
  const rootLook = lookAt(root, eye.styleOf(root), open.sight, eye)
  const look = lookAt(body, eye.styleOf(body), rootLook.sight, eye)
  if (rootLook.visibility === 'gone' || look.visibility !== 'seen') return null
  return { nodes: childNodesOf(body), parent: body, open: { eye, sight: look.sight } }
}
