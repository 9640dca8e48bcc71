import type { ToBlocks } from './block.ts'
import { lineText } from './line-text.ts'

/** Cells longer than this hold a page's layout, not data: they are read one after the other. */
const cellLimit = 500

/** Whether a table relates its cells in rows and columns, rather than placing a page's parts side by side. */
export function isDataTable(table: Element): boolean {
  const role = table.getAttribute('role')
  if (role === 'presentation' || role === 'none' || table.querySelector('table') !== null) return false
  const rows = rowsOf(table)
  if (rows.every((row) => row.children.length < 2)) return false
  if (table.querySelector('th, caption, thead') !== null) return true
  if (table.querySelector('h1, h2, h3, ul, ol, blockquote, pre') !== null) return false
  return rows.every((row) => [...row.children].every((cell) => cell.textContent.length <= cellLimit))
}

/** A table in GitHub's Markdown: the first row is the head, a caption is the line before it. */
export function tableText(table: Element, toBlocks: ToBlocks): string {
  const rows = rowsOf(table)
    .map((row) => [...row.children].map((cell) => lineText(toBlocks(cell)).replaceAll('|', '\\|')))
    .filter((cells) => cells.some((cell) => cell !== ''))
  const width = rows.reduce((widest, cells) => Math.max(widest, cells.length), 0)
  const [head, ...body] = rows
  const captionElement = table.querySelector('caption')
  const caption = captionElement === null ? '' : lineText(toBlocks(captionElement))
  if (head === undefined) return caption
  const lines = caption === '' ? [] : [caption, '']
  return [
    ...lines,
    rowText(head, width),
    `|${' --- |'.repeat(width)}`,
    ...body.map((cells) => rowText(cells, width)),
  ].join('\n')
}

function rowText(cells: readonly string[], width: number): string {
  const padded = [...cells, ...Array.from({ length: width - cells.length }, () => '')]
  return `| ${padded.join(' | ')} |`
}

function rowsOf(table: Element): Element[] {
  return [...table.querySelectorAll('tr')]
}
