import type { JSONValue } from 'convex/values'
import type { JsonObject } from '../values/json-object.ts'
import { decodeDocumentId } from '../values/document-id.ts'
import type { Catalog, TableDefinition } from './catalog.ts'
import type { Document } from './document.ts'
import { canonicalPath, componentOf, pathIn, systemPath } from './function-path.ts'
import { toKeyRange } from './index-range.ts'
import type { Writes } from './syscalls/writes.ts'
import { ownIndex, takeDocuments } from './system-table.ts'
import type { Transaction } from './transaction.ts'

/** A row of `_scheduled_functions`, the system table that `ctx.db.system` shows; each component has one. */
export interface Job {
  readonly id: string
  readonly path: string
  readonly args: JSONValue
  readonly scheduledTime: number
  readonly state: JobState
}

export type JobState =
  | { readonly kind: 'pending' | 'inProgress' | 'success' | 'canceled' }
  | { readonly kind: 'failed'; readonly error: string }

export const jobsTable = '_scheduled_functions'

/** Besides the built-in ones: what is due, and what ended long ago. */
export const jobIndexes = [
  { name: 'by_state', fields: ['state.kind', 'scheduledTime'] },
  { name: 'by_completed', fields: ['completedTime'] },
] as const

export function insertJob(
  writes: Writes,
  catalog: Catalog,
  job: { path: string; args: JSONValue; scheduledTime: number; state?: JobState },
): string {
  const state = job.state ?? { kind: 'pending' }
  const table = catalog.table(jobsTable)
  const component = componentOf(job.path)
  return writes.insertInto(table, {
    name: systemPath(job.path),
    // Of another component, by a handle.
    ...(component !== table.component && { component }),
    args: [job.args],
    scheduledTime: job.scheduledTime,
    state: { ...state },
    ...(state.kind !== 'pending' && { completedTime: job.scheduledTime }),
  })
}

export function readJob(transaction: Transaction, id: string): Job | null {
  const table = jobsTableOf(transaction.catalog, id)
  const document = table && transaction.get(table, id)
  return table && document && toJob(table, document)
}

/** The table a job's id belongs to; null for what is no id of a job. */
export function jobsTableOf(catalog: Catalog, id: string): TableDefinition | null {
  const table = catalog.byNumber(decodeDocumentId(id)?.tableNumber ?? 0)
  return table?.name === jobsTable ? table : null
}

/** Moves a job to another state; one that has ended is left as it is. Gives whether it was moved. */
export function moveJob(transaction: Transaction, writes: Writes, id: string, state: JobState, nowMs: number): boolean {
  const table = jobsTableOf(transaction.catalog, id)
  const document = table && transaction.get(table, id)
  if (table === null || document === null) return false
  const { kind } = toJob(table, document).state
  if (kind !== 'pending' && kind !== 'inProgress') return false
  const json: JsonObject = JSON.parse(document.json)
  const hasEnded = state.kind !== 'pending' && state.kind !== 'inProgress'
  writes.replaceIn(table, id, document, { ...json, state: { ...state }, ...(hasEnded && { completedTime: nowMs }) })
  return true
}

/** Jobs in a state, of all components, the earliest first. */
export function jobsInState(
  transaction: Transaction,
  kind: JobState['kind'],
  options: { readonly dueBy?: number; readonly limit: number },
): Job[] {
  const isKind = { type: 'Eq', fieldPath: 'state.kind', value: kind } as const
  const isDue =
    options.dueBy === undefined ? [] : [{ type: 'Lte', fieldPath: 'scheduledTime', value: options.dueBy } as const]
  const jobs = transaction.catalog.named(jobsTable).flatMap((table) => {
    const index = ownIndex(table, 'by_state')
    const range = toKeyRange(index, [isKind, ...isDue], 'asc')
    return takeDocuments(transaction, index, range, options.limit).map((document) => toJob(table, document))
  })
  return jobs.toSorted((left, right) => left.scheduledTime - right.scheduledTime).slice(0, options.limit)
}

/** Removes jobs that ended before a time; gives how many. */
export function removeJobsEndedBefore(transaction: Transaction, timeMs: number, limit: number): number {
  let removed = 0
  for (const table of transaction.catalog.named(jobsTable)) {
    if (removed < limit) removed += removeOldJobs(transaction, table, timeMs, limit - removed)
  }
  return removed
}

function removeOldJobs(transaction: Transaction, table: TableDefinition, timeMs: number, limit: number): number {
  const index = ownIndex(table, 'by_completed')
  const range = toKeyRange(
    index,
    [
      { type: 'Gt', fieldPath: 'completedTime', value: { $undefined: null } },
      { type: 'Lt', fieldPath: 'completedTime', value: timeMs },
    ],
    'asc',
  )
  const old = takeDocuments(transaction, index, range, limit)
  for (const document of old) transaction.replace(table, document.id, document, null)
  return old.length
}

function toJob(table: TableDefinition, document: Document): Job {
  const { name, component, args, scheduledTime, state }: JsonObject = JSON.parse(document.json)
  if (typeof name !== 'string' || !Array.isArray(args) || typeof scheduledTime !== 'number' || !isJobState(state)) {
    throw new Error(`The scheduled job ${document.id} cannot be read; the file is damaged.`)
  }
  const path = pathIn(typeof component === 'string' ? component : table.component, canonicalPath(name))
  return { id: document.id, path, args: args[0] ?? {}, scheduledTime, state }
}

function isJobState(state: unknown): state is JobState {
  return typeof state === 'object' && state !== null && 'kind' in state && typeof state.kind === 'string'
}
