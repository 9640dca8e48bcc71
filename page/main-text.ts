import type { Block } from './block.ts'
import { defuddleBlocks, readabilityBlocks } from './extractors.ts'
import { landmarkRoot } from './landmark.ts'
import type { CaptureLimits } from './limits.ts'
import { macrotask } from './macrotask.ts'
import { markdownBlocks } from './markdown-blocks.ts'
import type { VisibleCopy } from './visible-copy.ts'

export interface MainText {
  readonly method: 'readability' | 'defuddle' | 'landmark'
  readonly blocks: readonly Block[]
}

/** Readability is more precise, and sometimes takes one part of a page for the whole: then it has far less text. */
const enoughOfOther = 0.7

/**
 * The main text of a page: Readability's, unless it is under 0.7 of Defuddle's, then Defuddle's; the landmark text
 * when neither finds any, or when the page is too large for them (see `limits.ts`).
 */
export async function mainText(copy: VisibleCopy, url: string, limits: CaptureLimits): Promise<MainText> {
  const landmark = (): MainText => ({ method: 'landmark', blocks: landmarkBlocks(copy.document) })
  if (copy.elements > limits.extractorElements || copy.characters > limits.extractorCharacters) return landmark()
  const readability = readabilityBlocks(copy.document)
  await macrotask()
  const defuddle = defuddleBlocks(copy.document, url)
  await macrotask()
  if (lengthOf(readability) === 0 && lengthOf(defuddle) === 0) return landmark()
  return lengthOf(readability) < enoughOfOther * lengthOf(defuddle)
    ? { method: 'defuddle', blocks: defuddle }
    : { method: 'readability', blocks: readability }
}

function landmarkBlocks(copy: Document): readonly Block[] {
  const root = landmarkRoot(copy)
  return root === null ? [] : markdownBlocks(root)
}

function lengthOf(blocks: readonly Block[]): number {
  return blocks.reduce((length, { text }) => length + text.length, 0)
}
