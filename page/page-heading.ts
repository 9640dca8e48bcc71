import type { Block } from './block.ts'
import { lineText } from './line-text.ts'
import { markdownBlocks } from './markdown-blocks.ts'

/**
 * The page's heading, where the main text lacks it: extractors take the `<h1>` for a repeat of the title and leave it
 * out, but it is on the page. Of several, the one that the title repeats; others may name the site.
 */
export function withPageHeading(blocks: readonly Block[], copy: Document): readonly Block[] {
  const headings = [...copy.querySelectorAll('h1')].map((element) => lineText(markdownBlocks(element)))
  const title = comparable(copy.querySelector('head > title')?.textContent ?? '')
  const heading =
    headings.length === 1 ? headings[0] : headings.find((text) => text !== '' && title.includes(comparable(text)))
  if (blocks.length === 0 || heading === undefined || heading === '') return blocks
  const isThere = blocks.some(({ text }) => comparable(text).includes(comparable(heading)))
  return isThere ? blocks : [{ kind: 'heading', text: `# ${heading}` }, ...blocks]
}

function comparable(text: string): string {
  return text.toLowerCase().replace(/\s+/g, ' ').trim()
}
