import type { Block } from './block.ts'
import { joinItems } from './join-items.ts'
import { placedBlockSteps } from './placed-blocks.ts'
import type { Steps } from './steps.ts'

/**
 * The Markdown blocks of a copied tree, in reading order. The words are exactly those that are shown, so that a quote
 * can be found on the page again: links keep their text and no address, emphasis and inline code get no marks, and
 * nothing but a table's bars is escaped. Only beginnings of lines carry marks (`#`, `-`, `1.`, `>`), and fences.
 */
export function* markdownBlockSteps(root: Node): Steps<readonly Block[]> {
  return joinItems(yield* placedBlockSteps(root, markdownBlockSteps))
}
