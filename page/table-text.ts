import type { ToBlocks } from './block.ts'
import { cleanText } from './clean-text.ts'
import { lineText } from './line-text.ts'
import type { Steps } from './steps.ts'
import { collapseSpace } from './white-space.ts'

/** Cells longer than this hold a page's layout, not data: they are read one after the other. */
const cellLimit = 500

/** Rows whose cells are measured: looking at those of 100,000 rows takes a quarter of a second. */
const rowsLookedAt = 1_000

/** Whether a table relates its cells in rows and columns, rather than placing a page's parts side by side. */
export function isDataTable(table: Element): boolean {
  const role = table.getAttribute('role')
  if (role === 'presentation' || role === 'none' || table.querySelector('table') !== null) return false
  const rows = rowsOf(table)
  if (rows.every((row) => row.children.length < 2)) return false
  if (table.querySelector('th, caption, thead') !== null) return true
  if (table.querySelector('h1, h2, h3, ul, ol, blockquote, pre') !== null) return false
  const first = rows.slice(0, rowsLookedAt)
  return first.every((row) => [...row.children].every((cell) => cell.textContent.length <= cellLimit))
}

/** A table in GitHub's Markdown: the first row is the head, a caption is the line before it. */
export function* tableTextSteps(table: Element, toBlocks: ToBlocks): Steps<string> {
  const rows: string[][] = []
  for (const row of rowsOf(table)) {
    yield
    const cells: string[] = []
    for (const cell of row.children) cells.push(yield* cellTextSteps(cell, toBlocks))
    if (cells.some((cell) => cell !== '')) rows.push(cells)
  }
  const width = rows.reduce((widest, cells) => Math.max(widest, cells.length), 0)
  const [head, ...body] = rows
  const captionElement = table.querySelector('caption')
  const caption = captionElement === null ? '' : lineText(yield* toBlocks(captionElement))
  if (head === undefined) return caption
  const lines = caption === '' ? [] : [caption, '']
  // Rows shorter than the head are whole in this Markdown. Filling them would let one wide row multiply a page's text.
  const filled = [...head, ...Array.from({ length: width - head.length }, () => '')]
  return [...lines, rowText(filled), `|${' --- |'.repeat(width)}`, ...body.map(rowText)].join('\n')
}

function* cellTextSteps(cell: Element, toBlocks: ToBlocks): Steps<string> {
  // Most cells of a large table hold a word or a number: this halves the time a table of 100,000 takes.
  const isPlain = cell.childElementCount === 0
  const text = isPlain ? collapseSpace(cleanText(cell.textContent)).trim() : lineText(yield* toBlocks(cell))
  return text.replaceAll('|', '\\|')
}

function rowText(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`
}

function rowsOf(table: Element): Element[] {
  return [...table.querySelectorAll('tr')]
}
