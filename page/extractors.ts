import { Readability } from '@mozilla/readability'
import Defuddle from 'defuddle'
import type { Block } from './block.ts'
import { isDocument } from './dom-access.ts'
import { markdownBlocks } from './markdown-blocks.ts'

/** Mozilla's extractor, on a copy of its own because it takes the document apart. */
export function readabilityBlocks(copy: Document): readonly Block[] {
  const own = copy.cloneNode(true)
  if (!isDocument(own)) return []
  const article = new Readability<Node>(own, {
    keepClasses: true,
    disableJSONLD: true,
    serializer: (node) => node,
  }).parse()
  return article?.content ? markdownBlocks(article.content) : []
}

/** Obsidian's extractor, with its rules for known sites. `useAsync: false`: it must not fetch anything. */
export function defuddleBlocks(copy: Document, url: string): readonly Block[] {
  const { content } = new Defuddle(copy, { url, useAsync: false }).parse()
  return markdownBlocks(new DOMParser().parseFromString(content, 'text/html').body)
}
