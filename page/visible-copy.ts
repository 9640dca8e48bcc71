import { assistiveFormulas } from './assistive-formula.ts'
import { copyElement, isBoxByStyle, treatmentOf } from './copy-element.ts'
import { childNodesOf, documentElementOf, inertDocument, isElement, isText, localNameOf } from './dom-access.ts'
import { assignedNodesOf, openShadowRootOf } from './dom-access.ts'
import { metadataNames } from './element-kinds.ts'
import { frameContent } from './frame-content.ts'
import type { CaptureLimits } from './limits.ts'
import { pace } from './pace.ts'
import { inTurns } from './steps.ts'
import { lookAt } from './visibility/look.ts'
import type { Eye, Look, Sight } from './visibility/look.ts'
import { openEye } from './visibility/open-eye.ts'
import type { OpenEye } from './visibility/open-eye.ts'
import { streamedContent } from './streamed-content.ts'
import { copyIfSeen } from './visibility/text-seen.ts'

export interface VisibleCopy {
  /** An inert document with what the page shows: no scripts, styles, hidden parts or form values. */
  readonly document: Document
  readonly elements: number
  /** UTF-16 units of all text copied. */
  readonly characters: number
  readonly truncated: boolean
}

interface Level {
  readonly nodes: readonly Node[]
  next: number
  readonly into: Node
  readonly depth: number
  readonly frames: number
  readonly spaced: boolean
  /** What `nodes` are the children of, as it is shown. */
  readonly parent: Element | undefined
  readonly open: OpenEye | null
  readonly seen: boolean
}

/** Characters kept of a page's title, which is no part of its text: extractors read it. */
const metadataLimit = 1_000

/** Text nodes shorter than this are cheaper to copy than to look at: they hold white space between elements. */
const isBlank = (text: string): boolean => text.length < 200 && text.trim() === ''

/**
 * Copies what a page shows. The page is only read, and has its turn between slices of a long copy: what it adds or
 * removes then may or may not be in the copy, and the copy ends in time whatever it does. Open shadow roots are copied
 * in place of their hosts' children, slotted nodes where they are shown, frames of the page's own origin where they
 * stand.
 */
export async function copyVisible(page: Document, limits: CaptureLimits): Promise<VisibleCopy> {
  const copy = inertDocument(page)
  const root = documentElementOf(page)
  copy.documentElement.remove()
  const whole = { next: 0, into: copy, depth: 0, frames: 0, spaced: false, parent: undefined, seen: true }
  const open = openEye(page)
  const eyes: Eye[] = open === null ? [] : [open.eye]
  const levels: Level[] = [{ ...whole, nodes: root === null ? [] : [root], open }]
  let elements = 0
  let characters = 0
  let frames = 0
  let truncated = false
  const streamed = streamedContent(page)
  const turn = pace()
  const end = performance.now() + limits.copyMilliseconds

  function enter(level: Level, element: Element, look: Look | undefined, nodes: readonly Node[]): void {
    const depth = level.depth + 1
    const tooDeep = depth > limits.depth
    const spaced = tooDeep || (look !== undefined && isBoxByStyle(element, look.boxed))
    const into = tooDeep ? level.into : level.into.appendChild(copyElement(element, copy))
    if (spaced) into.appendChild(copy.createTextNode(' '))
    const open = level.open === null || look === undefined ? null : { eye: level.open.eye, sight: look.sight }
    levels.push({
      nodes,
      next: 0,
      into,
      depth,
      frames: level.frames,
      spaced,
      parent: element,
      open,
      seen: look?.visibility !== 'unseen',
    })
  }

  function enterFrame(level: Level, element: Element, sight: Sight): void {
    const content = frameContent(element, sight)
    if (content === null) return
    if (level.frames >= limits.frameDepth || frames >= limits.frames) {
      truncated = true
      return
    }
    frames++
    eyes.push(content.open.eye)
    const into = level.into.appendChild(copy.createElement('div'))
    const shown = { open: content.open, parent: content.parent, seen: true, spaced: false }
    levels.push({
      ...level,
      ...shown,
      nodes: content.nodes,
      next: 0,
      into,
      depth: level.depth + 1,
      frames: level.frames + 1,
    })
  }

  /** Nothing of it is laid out, so places are not judged in it. */
  function enterStreamed(level: Level, part: Element): void {
    const open = level.open && { ...level.open, sight: { ...level.open.sight, reach: undefined, anchored: undefined } }
    const into = level.into.appendChild(copy.createElement('div'))
    levels.push({ ...level, nodes: childNodesOf(part), next: 0, into, depth: level.depth + 1, parent: part, open })
  }

  for (let level = levels.at(-1); level !== undefined; level = levels.at(-1)) {
    const due = turn()
    if (due) {
      await due
      if (performance.now() > end) {
        truncated = true
        break
      }
    }
    const { open, parent } = level
    const node = level.nodes[level.next++]
    if (node === undefined) {
      if (level.spaced) level.into.appendChild(copy.createTextNode(' '))
      levels.pop()
    } else if (isText(node)) {
      if (!level.seen) continue
      const { data } = node
      const { into } = level
      const append = (): ChildNode => {
        const text = data.slice(0, limits.textBytes - characters)
        characters += text.length
        truncated ||= text.length < data.length
        return into.appendChild(copy.createTextNode(text))
      }
      if (open === null && parent !== undefined && metadataNames.has(localNameOf(parent))) {
        into.appendChild(copy.createTextNode(data.slice(0, metadataLimit)))
      } else if (open === null || parent === undefined || isBlank(data)) append()
      else copyIfSeen(node, parent, open.sight, open.eye, append)
      if (characters >= limits.textBytes && truncated) break
    } else if (isElement(node)) {
      const part = streamed.get(node)
      if (part !== undefined) {
        enterStreamed(level, part)
        continue
      }
      const treatment = treatmentOf(node)
      if (treatment === 'drop') continue
      if (++elements > limits.elements) {
        truncated = true
        break
      }
      if (treatment === 'metadata' || open === null) {
        enter(level, node, undefined, shownChildren(node))
        continue
      }
      const look = lookAt(node, open.eye.styleOf(node), open.sight, open.eye)
      const formulas = assistiveFormulas(node, look, open.sight)
      if (formulas.length > 0) levels.push({ ...level, nodes: formulas, next: 0, parent: node, open: null, seen: true })
      else if (look.visibility === 'gone') continue
      else if (treatment === 'frame') enterFrame(level, node, look.sight)
      else enter(level, node, look, shownChildren(node))
    }
  }
  for (const { coverings } of eyes) {
    for (const text of await inTurns(coverings.coveredSteps(), turn)) text.remove()
  }
  return { document: copy, elements, characters, truncated }
}

function shownChildren(element: Element): readonly Node[] {
  const shadow = openShadowRootOf(element)
  if (shadow !== null) return childNodesOf(shadow)
  const assigned = localNameOf(element) === 'slot' ? assignedNodesOf(element) : []
  return assigned.length > 0 ? assigned : childNodesOf(element)
}
