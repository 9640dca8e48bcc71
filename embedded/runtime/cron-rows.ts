import { isDeepStrictEqual } from 'node:util'
import { isJsonObject, type JsonObject } from '../values/json-object.ts'
import type { CronDefinition } from './cron-definitions.ts'
import { firstRun } from './cron-schedule.ts'
import type { Document } from './document.ts'
import { systemPath } from './function-path.ts'
import { toKeyRange } from './index-range.ts'
import { ownIndex, takeDocuments } from './system-table.ts'
import type { Transaction } from './transaction.ts'
import type { TransactionCall } from './transaction-call.ts'

/** A row of `_cron_jobs`: a cron and its next run. Times are milliseconds since the epoch. */
export interface CronRow {
  readonly name: string
  readonly nextTs: number
  /** An action that was begun and has not ended. */
  readonly isInProgress: boolean
}

/** How a run ended; `canceled`: it was left out, because its time had passed. */
export type CronRunStatus =
  | { readonly kind: 'success' }
  | { readonly kind: 'err'; readonly error: string }
  | { readonly kind: 'canceled' }

/** A row of `_cron_job_logs`. */
export interface CronRun {
  readonly name: string
  /** When it was due. */
  readonly ts: number
  readonly udfPath: string
  readonly status: CronRunStatus
  /** Seconds. */
  readonly executionTime: number
}

export const cronsTable = '_cron_jobs'
export const cronLogsTable = '_cron_job_logs'
export const cronIndexes = [{ name: 'by_name', fields: ['name'] }] as const
export const cronLogIndexes = [{ name: 'by_name_and_ts', fields: ['name', 'ts'] }] as const

const runsKept = 5

export function listCrons(transaction: Transaction): CronRow[] {
  return cronDocuments(transaction).map(toRow)
}

/** Brings the rows in line with `crons.ts`; a cron that is as before keeps its next run. Gives what was changed. */
export function applyCrons(running: TransactionCall, definitions: readonly CronDefinition[], nowMs: number) {
  const { transaction, writes } = running
  const table = transaction.catalog.table(cronsTable)
  const old = new Map(cronDocuments(transaction).map((document) => [toRow(document).name, document]))
  const changed = { added: 0, changed: 0, removed: 0 }
  for (const definition of definitions) {
    const { name, schedule } = definition
    const document = old.get(name)
    old.delete(name)
    const spec = toSpec(definition)
    if (document === undefined) {
      const nextTs = firstRun(name, schedule, nowMs)
      writes.insertInto(table, { name, cronSpec: spec, state: { kind: 'pending' }, nextTs })
      changed.added++
      continue
    }
    const row: JsonObject = JSON.parse(document.json)
    const before = isJsonObject(row['cronSpec']) ? row['cronSpec'] : {}
    if (isDeepStrictEqual(before, spec)) continue
    const isRescheduled = !isDeepStrictEqual(before['cronSchedule'], spec['cronSchedule'])
    const next = isRescheduled && { nextTs: firstRun(name, schedule, nowMs) }
    writes.replaceIn(table, document.id, document, { ...row, cronSpec: spec, ...next })
    changed.changed++
  }
  for (const [name, document] of old) {
    transaction.replace(table, document.id, document, null)
    removeRuns(transaction, name, 0)
    changed.removed++
  }
  return changed
}

export function moveCron(running: TransactionCall, name: string, to: { nextTs?: number; isInProgress: boolean }): void {
  const { transaction, writes } = running
  const document = cronDocuments(transaction, name)[0]
  if (document === undefined) throw new Error(`The cron job '${name}' is gone.`)
  const row: JsonObject = JSON.parse(document.json)
  writes.replaceIn(transaction.catalog.table(cronsTable), document.id, document, {
    ...row,
    state: { kind: to.isInProgress ? 'inProgress' : 'pending' },
    ...(to.nextTs !== undefined && { nextTs: to.nextTs }),
  })
}

/** Of every cron the last five are kept. */
export function recordRun({ transaction, writes }: TransactionCall, run: CronRun): void {
  writes.insertInto(transaction.catalog.table(cronLogsTable), { ...run, status: { ...run.status } })
  removeRuns(transaction, run.name, runsKept)
}

function removeRuns(transaction: Transaction, name: string, kept: number): void {
  const table = transaction.catalog.table(cronLogsTable)
  const index = ownIndex(table, 'by_name_and_ts')
  const range = toKeyRange(index, [{ type: 'Eq', fieldPath: 'name', value: name }], 'desc')
  for (const document of takeDocuments(transaction, index, range, Infinity).slice(kept)) {
    transaction.replace(table, document.id, document, null)
  }
}

function cronDocuments(transaction: Transaction, name?: string): Document[] {
  const index = ownIndex(transaction.catalog.table(cronsTable), 'by_name')
  const isNamed = name === undefined ? [] : [{ type: 'Eq', fieldPath: 'name', value: name } as const]
  return takeDocuments(transaction, index, toKeyRange(index, isNamed, 'asc'), Infinity)
}

/** As JSON, so that it equals what was stored when it means the same. */
function toSpec({ function: { path }, args, schedule }: CronDefinition): JsonObject {
  return JSON.parse(JSON.stringify({ udfPath: systemPath(path), udfArgs: [args], cronSchedule: schedule }))
}

function toRow(document: Document): CronRow {
  const { name, nextTs, state }: JsonObject = JSON.parse(document.json)
  if (typeof name !== 'string' || typeof nextTs !== 'number' || !isJsonObject(state)) {
    throw new Error(`The cron job ${document.id} cannot be read; the file is damaged.`)
  }
  return { name, nextTs, isInProgress: state['kind'] === 'inProgress' }
}
