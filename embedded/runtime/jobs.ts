import type { JSONValue } from 'convex/values'
import type { JsonObject } from '../values/json-object.ts'
import type { Catalog } from './catalog.ts'
import type { Document } from './document.ts'
import { canonicalPath, systemPath } from './function-path.ts'
import { toKeyRange } from './index-range.ts'
import type { Writes } from './syscalls/writes.ts'
import { ownIndex, takeDocuments } from './system-table.ts'
import type { Transaction } from './transaction.ts'

/** A row of `_scheduled_functions`, the system table that `ctx.db.system` shows. */
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
  return writes.insertInto(catalog.table(jobsTable), {
    name: systemPath(job.path),
    args: [job.args],
    scheduledTime: job.scheduledTime,
    state: { ...state },
    ...(state.kind !== 'pending' && { completedTime: job.scheduledTime }),
  })
}

export function readJob(transaction: Transaction, id: string): Job | null {
  const document = transaction.get(transaction.catalog.table(jobsTable), id)
  return document === null ? null : toJob(document)
}

/** Moves a job to another state; one that has ended is left as it is. Gives whether it was moved. */
export function moveJob(transaction: Transaction, writes: Writes, id: string, state: JobState, nowMs: number): boolean {
  const table = transaction.catalog.table(jobsTable)
  const document = transaction.get(table, id)
  if (document === null) return false
  const { kind } = toJob(document).state
  if (kind !== 'pending' && kind !== 'inProgress') return false
  const json: JsonObject = JSON.parse(document.json)
  const hasEnded = state.kind !== 'pending' && state.kind !== 'inProgress'
  writes.replaceIn(table, id, document, { ...json, state: { ...state }, ...(hasEnded && { completedTime: nowMs }) })
  return true
}

/** Jobs in a state, the earliest first. */
export function jobsInState(
  transaction: Transaction,
  kind: JobState['kind'],
  options: { readonly dueBy?: number; readonly limit: number },
): Job[] {
  const index = ownIndex(transaction.catalog.table(jobsTable), 'by_state')
  const isKind = { type: 'Eq', fieldPath: 'state.kind', value: kind } as const
  const isDue =
    options.dueBy === undefined ? [] : [{ type: 'Lte', fieldPath: 'scheduledTime', value: options.dueBy } as const]
  return takeDocuments(transaction, index, toKeyRange(index, [isKind, ...isDue], 'asc'), options.limit).map(toJob)
}

/** Removes jobs that ended before a time; gives how many. */
export function removeJobsEndedBefore(transaction: Transaction, timeMs: number, limit: number): number {
  const table = transaction.catalog.table(jobsTable)
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

function toJob(document: Document): Job {
  const { name, args, scheduledTime, state }: JsonObject = JSON.parse(document.json)
  if (typeof name !== 'string' || !Array.isArray(args) || typeof scheduledTime !== 'number' || !isJobState(state)) {
    throw new Error(`The scheduled job ${document.id} cannot be read; the file is damaged.`)
  }
  return { id: document.id, path: canonicalPath(name), args: args[0] ?? {}, scheduledTime, state }
}

function isJobState(state: unknown): state is JobState {
  return typeof state === 'object' && state !== null && 'kind' in state && typeof state.kind === 'string'
}
