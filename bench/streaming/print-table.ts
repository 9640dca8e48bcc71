import { printRows } from '../print-rows.ts'
import type { Measured } from './measure.ts'

const bytes = (value: number): string => `${(value / 1000).toFixed(1)} KB`
const ms = (value: number): string => `${value.toFixed(1)} ms`

const columns: readonly { readonly title: string; readonly cell: (measured: Measured) => string }[] = [
  { title: 'pattern', cell: ({ name }) => name },
  { title: 'mutations', cell: ({ mutations }) => String(mutations) },
  { title: 'documents written', cell: ({ cost }) => bytes(cost.bytesWritten) },
  { title: 'documents read', cell: ({ cost }) => bytes(cost.bytesRead) },
  { title: 'wire raw', cell: ({ cost }) => bytes(cost.wireRaw) },
  { title: 'wire deflated', cell: ({ cost }) => bytes(cost.wireSent) },
  { title: 'disk', cell: ({ cost }) => bytes(cost.disk) },
  { title: 'lag p50', cell: ({ lagP50 }) => ms(lagP50) },
  { title: 'lag p95', cell: ({ lagP95 }) => ms(lagP95) },
  { title: 'first token', cell: ({ firstToken }) => ms(firstToken) },
  { title: 'lost', cell: ({ lostChars }) => String(lostChars) },
]

/** One line a pattern, for people. */
export function printTable(rows: readonly Measured[]): void {
  printRows([columns.map(({ title }) => title), ...rows.map((row) => columns.map(({ cell }) => cell(row)))])
}
