import type { JSONValue } from 'convex/values'
import { afterKey, compareKeys } from '../values/index-key.ts'
import type { Catalog } from './catalog.ts'
import { decodeCursor, encodeCursor, type CursorPosition } from './cursor.ts'
import type { Document } from './document.ts'
import type { KeyRange } from './index-scan.ts'
import { planQuery } from './query-plan.ts'
import { QueryStream } from './query-stream.ts'
import type { Transaction } from './transaction.ts'

export interface PageRequest {
  readonly query: JSONValue
  readonly cursor: string | null
  /** With an end cursor the page size is ignored: everything up to it is the page. */
  readonly endCursor: string | null
  readonly pageSize: number
  readonly maximumRowsRead: number
  readonly maximumBytesRead: number
}

export interface Page {
  readonly documents: readonly Document[]
  readonly isDone: boolean
  readonly continueCursor: string
  readonly splitCursor: string | null
  readonly pageStatus: 'SplitRecommended' | 'SplitRequired' | null
}

/** A page that had to read more rows than this is better split in two. */
const manyRows = 6_144

export async function readPage(
  transaction: Transaction,
  catalog: Catalog,
  request: PageRequest,
  breathe: () => Promise<void> | undefined,
): Promise<Page> {
  const { query } = request
  const plan = planQuery(catalog, query)
  const end = request.endCursor === null ? null : decodeCursor(query, request.endCursor)
  const range = between(plan.range, request.cursor === null ? null : decodeCursor(query, request.cursor), end)
  const cursorAt = (position: CursorPosition) => encodeCursor(query, position)
  if (range === null) {
    const continueCursor = end?.at === 'key' ? cursorAt(end) : cursorAt({ at: 'end' })
    return { documents: [], isDone: end?.at !== 'key', continueCursor, splitCursor: null, pageStatus: null }
  }

  const stream = new QueryStream(transaction, { ...plan, range })
  await stream.prepare(breathe)
  const documents: Document[] = []
  const keys: Uint8Array[] = []
  let bytes = 0
  // A page that may read nothing reads one row all the same, or it would never come to an end.
  const isFull = () => keys.length > 0 && (keys.length >= request.maximumRowsRead || bytes >= request.maximumBytesRead)
  const pageSize = end === null ? Math.max(1, request.pageSize) : Infinity
  while (documents.length < pageSize && !isFull()) {
    const examined = stream.examine()
    if (examined === null) break
    keys.push(examined.key)
    bytes += examined.document.size
    if (examined.isAccepted) documents.push(examined.document)
  }
  stream.close()

  const lastKey = keys.at(-1)
  const position = stopped(stream.isExhausted, end, lastKey)
  const middle = keys[Math.floor((keys.length - 1) / 2)]
  const pageStatus = isFull() ? 'SplitRequired' : isLarge(request, keys.length, bytes) ? 'SplitRecommended' : null
  return {
    documents,
    isDone: position.at === 'end',
    continueCursor: cursorAt(position),
    splitCursor: pageStatus !== null && middle !== undefined ? cursorAt({ at: 'key', key: middle }) : null,
    pageStatus,
  }
}

function isLarge(request: PageRequest, rows: number, bytes: number): boolean {
  return rows > manyRows || rows > request.maximumRowsRead * 0.75 || bytes > request.maximumBytesRead * 0.75
}

function stopped(isExhausted: boolean, end: CursorPosition | null, lastKey: Uint8Array | undefined): CursorPosition {
  if (isExhausted) return end ?? { at: 'end' }
  return lastKey === undefined ? { at: 'end' } : { at: 'key', key: lastKey }
}

/** The part of the range behind `start`, up to `end`; null when nothing is left. */
function between(range: KeyRange, start: CursorPosition | null, end: CursorPosition | null): KeyRange | null {
  if (start?.at === 'end') return null
  let { lower, upper } = range
  if (range.order === 'asc') {
    if (start !== null) lower = afterKey(start.key)
    if (end?.at === 'key') upper = afterKey(end.key)
  } else {
    if (start !== null) upper = start.key
    if (end?.at === 'key') lower = end.key
  }
  return upper !== null && compareKeys(lower, upper) >= 0 ? null : { lower, upper, order: range.order }
}
