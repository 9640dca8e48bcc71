import type { PlacedBlock } from './placed-blocks.ts'

/**
 * Where the page's heading stands that the main text lacks, if it does: extractors take the `<h1>` for a repeat of the
 * title and leave it out, but it is on the page. Of several, the one that the title repeats; others may name the site.
 */
export function pageHeadingAt(
  page: readonly PlacedBlock[],
  isMain: readonly boolean[],
  title: string,
): number | undefined {
  const headings = [...page.entries()]
    .filter(([, { element }]) => element.localName === 'h1')
    .map(([at, { text }]) => ({ at, text: comparable(text.replace(/^# /, '')) }))
  const named = comparable(title)
  const heading = headings.length === 1 ? headings[0] : headings.find(({ text }) => named.includes(text))
  if (heading === undefined) return undefined
  const isThere = page.some(({ text }, at) => isMain[at] === true && comparable(text).includes(heading.text))
  return isThere ? undefined : heading.at
}

function comparable(text: string): string {
  return text.toLowerCase().replace(/\s+/g, ' ').trim()
}
