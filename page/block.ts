import type { Steps } from './steps.ts'

/** One block of Markdown: text without a blank line around it. Blocks are the grain at which a page is labelled and cut. */
export interface Block {
  readonly kind: 'heading' | 'paragraph' | 'list' | 'quote' | 'code' | 'table'
  readonly text: string
}

/** Converts the children of a node, in steps. Handed to the converters of lists, quotes and tables, which nest. */
export type ToBlocks = (root: Node) => Steps<readonly Block[]>
