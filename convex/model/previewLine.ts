import { LAST_LINE_LENGTH } from './limits.ts'

/**
 * The first line of a Markdown text that says something, as plain words, for the conversation list. A line that ends in
 * a colon only leads to the next.
 */
export function previewLine(markdown: string): string {
  let lead = ''
  for (const line of markdown.slice(0, 4000).split('\n')) {
    const plain = line
      .replace(/^\s*(#{1,6}\s|>\s?|[-*+]\s|\d+[.)]\s|```.*$|\|)+/, '')
      .replace(/\\([\\`*_<[\]~|&])/g, '$1')
      .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
      .replace(/[*_`~]+/g, '')
      .trim()
    if (!/[\p{L}\p{N}]/u.test(plain)) continue
    if (!/[:：]$/.test(plain)) return shorten(plain, LAST_LINE_LENGTH)
    lead ||= plain
  }
  return shorten(lead, LAST_LINE_LENGTH)
}

/** Cuts at a code point, and says so. */
export function shorten(text: string, length: number): string {
  const one = text.replace(/\s+/g, ' ').trim().toWellFormed()
  if (one.length <= length) return one
  return `${one
    .slice(0, length - 1)
    .replace(/[\ud800-\udbff]$/, '')
    .trimEnd()}…`
}
