import { markdownBlockSteps } from '../markdown-blocks.ts'
import { placedBlockSteps } from '../placed-blocks.ts'
import type { PlacedBlock } from '../placed-blocks.ts'
import { allAtOnce } from '../steps.ts'

/** The blocks of a tree with where each came from, at once: a test has no page that must have its turn. */
export function placedMarkdown(root: Node): readonly PlacedBlock[] {
  return allAtOnce(placedBlockSteps(root, markdownBlockSteps))
}
