import { isDeepStrictEqual } from 'node:util'
import { isJsonObject, type JsonObject } from '../values/json-object.ts'
import type { TableDefinition } from './catalog.ts'
import { cronTitle, type CronDefinition, type CronIdentity } from './cron-definitions.ts'
import { firstRun } from './cron-schedule.ts'
import type { Document } from './document.ts'
import { systemPath } from './function-path.ts'
import { toKeyRange } from './index-range.ts'
import { ownIndex, takeDocuments } from './system-table.ts'
import type { Transaction } from './transaction.ts'
import type { TransactionCall } from './transaction-call.ts'

/** A row of `_cron_jobs`: a cron and its next run. Times are milliseconds since the epoch. */
export interface CronRow extends CronIdentity {
  readonly nextTs: number
  /** An action that was begun and has not ended. */
  readonly isInProgress: boolean
}

/** How a run ended; `canceled`: it was left out, because its time had passed. */
export type CronRunStatus =
  | { readonly kind: 'success' }
  | { readonly kind: 'err'; readonly error: string }
  | { readonly kind: 'canceled' }

/** A row of `_cron_job_logs`, in the tables of its component. */
export interface CronRun extends CronIdentity {
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

/** The crons of all components. */
export function listCrons(transaction: Transaction): CronRow[] {
  return allCrons(transaction).map(({ row }) => row)
}

/** Tells crons apart. */
export function cronKey({ component, name }: CronIdentity): string {
  return `${component};${name}`
}

/**
 * Brings the rows in line with every `crons.ts`; a cron that is as before keeps its next run. Those of a component that
 * is installed no more are removed. Gives what was changed.
 */
export function applyCrons(running: TransactionCall, definitions: readonly CronDefinition[], nowMs: number) {
  const { transaction, writes } = running
  const old = new Map(allCrons(transaction).map((cron) => [cronKey(cron.row), cron]))
  const changed = { added: 0, changed: 0, removed: 0 }
  for (const definition of definitions) {
    const { component, name, schedule } = definition
    const table = transaction.catalog.table(cronsTable, component)
    const document = old.get(cronKey(definition))?.document
    old.delete(cronKey(definition))
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
  for (const { table, document, row } of old.values()) {
    transaction.replace(table, document.id, document, null)
    removeRuns(transaction, row, 0)
    changed.removed++
  }
  return changed
}

export function moveCron(
  { transaction, writes }: TransactionCall,
  cron: CronIdentity,
  to: { nextTs?: number; isInProgress: boolean },
): void {
  const table = transaction.catalog.table(cronsTable, cron.component)
  const document = cronDocuments(transaction, table, cron.name)[0]
  if (document === undefined) throw new Error(`${cronTitle(cron)} is gone.`)
  const row: JsonObject = JSON.parse(document.json)
  writes.replaceIn(table, document.id, document, {
    ...row,
    state: { kind: to.isInProgress ? 'inProgress' : 'pending' },
    ...(to.nextTs !== undefined && { nextTs: to.nextTs }),
  })
}

/** Of every cron the last five are kept. */
export function recordRun({ transaction, writes }: TransactionCall, run: CronRun): void {
  const { component, ...row } = run
  writes.insertInto(transaction.catalog.table(cronLogsTable, component), { ...row, status: { ...row.status } })
  removeRuns(transaction, run, runsKept)
}

function removeRuns(transaction: Transaction, { component, name }: CronIdentity, kept: number): void {
  const table = transaction.catalog.table(cronLogsTable, component)
  const index = ownIndex(table, 'by_name_and_ts')
  const range = toKeyRange(index, [{ type: 'Eq', fieldPath: 'name', value: name }], 'desc')
  for (const document of takeDocuments(transaction, index, range, Infinity).slice(kept)) {
    transaction.replace(table, document.id, document, null)
  }
}

function allCrons(transaction: Transaction): { table: TableDefinition; document: Document; row: CronRow }[] {
  return transaction.catalog
    .named(cronsTable)
    .flatMap((table) =>
      cronDocuments(transaction, table).map((document) => ({ table, document, row: toRow(table, document) })),
    )
}

function cronDocuments(transaction: Transaction, table: TableDefinition, name?: string): Document[] {
  const index = ownIndex(table, 'by_name')
  const isNamed = name === undefined ? [] : [{ type: 'Eq', fieldPath: 'name', value: name } as const]
  return takeDocuments(transaction, index, toKeyRange(index, isNamed, 'asc'), Infinity)
}

/** As JSON, so that it equals what was stored when it means the same. */
function toSpec({ function: { path }, args, schedule }: CronDefinition): JsonObject {
  return JSON.parse(JSON.stringify({ udfPath: systemPath(path), udfArgs: [args], cronSchedule: schedule }))
}

function toRow({ component }: TableDefinition, document: Document): CronRow {
  const { name, nextTs, state }: JsonObject = JSON.parse(document.json)
  if (typeof name !== 'string' || typeof nextTs !== 'number' || !isJsonObject(state)) {
    throw new Error(`The cron job ${document.id} cannot be read; the file is damaged.`)
  }
  return { component, name, nextTs, isInProgress: state['kind'] === 'inProgress' }
}
