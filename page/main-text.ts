import type { Block } from './block.ts'
import { defuddleBlocks, readabilityBlocks } from './extractors.ts'
import { landmarkRoot } from './landmark.ts'
import type { CaptureLimits } from './limits.ts'
import { macrotask } from './macrotask.ts'
import { markdownBlocks } from './markdown-blocks.ts'
import { withPageHeading } from './page-heading.ts'
import type { VisibleCopy } from './visible-copy.ts'

export interface MainText {
  readonly method: 'readability' | 'defuddle' | 'landmark'
  readonly blocks: readonly Block[]
}

/** Readability is more precise, and sometimes takes one part of a page for the whole: then it has far less text. */
const enoughOfDefuddle = 0.7
/** Both look for an article. Where a page is made of many small parts, what they find is a fraction of its content. */
const enoughOfLandmark = 0.3

/**
 * The main text of a page: Readability's, unless it is under 0.7 of Defuddle's, then Defuddle's; the landmark text when
 * what they found is under 0.3 of that, or when the page is too large for them (see `limits.ts`).
 */
export async function mainText(copy: VisibleCopy, url: string, limits: CaptureLimits): Promise<MainText> {
  const landmark: MainText = { method: 'landmark', blocks: landmarkBlocks(copy.document) }
  if (copy.elements > limits.extractorElements || copy.characters > limits.extractorCharacters) return landmark
  await macrotask()
  const readability = attempt(() => readabilityBlocks(copy.document))
  await macrotask()
  const defuddle = attempt(() => defuddleBlocks(copy.document, url))
  await macrotask()
  const found = chooseMain(readability, defuddle, landmark)
  return found === landmark ? found : { ...found, blocks: withPageHeading(found.blocks, copy.document) }
}

export function chooseMain(readability: readonly Block[], defuddle: readonly Block[], landmark: MainText): MainText {
  const extracted: MainText =
    lengthOf(readability) < enoughOfDefuddle * lengthOf(defuddle)
      ? { method: 'defuddle', blocks: defuddle }
      : { method: 'readability', blocks: readability }
  const length = lengthOf(extracted.blocks)
  return length === 0 || length < enoughOfLandmark * lengthOf(landmark.blocks) ? landmark : extracted
}

/**
 * An extractor that fails on a document finds nothing in it: the page is still read by what is left. They fail on
 * documents without a body, and where a page's Trusted Types policy forbids `innerHTML` even in an inert copy.
 */
function attempt(extract: () => readonly Block[]): readonly Block[] {
  try {
    return extract()
  } catch (error) {
    if (error instanceof Error) return []
    throw error
  }
}

function landmarkBlocks(copy: Document): readonly Block[] {
  const root = landmarkRoot(copy)
  return root === null ? [] : markdownBlocks(root)
}

/** Characters of words, without white space and Markdown's marks: the same words count alike however they are set. */
function lengthOf(blocks: readonly Block[]): number {
  return blocks.reduce((length, { text }) => length + text.replace(/[\s|>#*-]+/g, '').length, 0)
}
