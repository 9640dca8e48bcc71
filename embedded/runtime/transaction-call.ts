import { convexToJson } from 'convex/values'
import type { JsonObject } from '../values/json-object.ts'
import type { CallInfo } from './call-info.ts'
import { valueOf, type FunctionCaller } from './function-caller.ts'
import { functionHandle } from './function-path.ts'
import type { Syscalls } from './function-host.ts'
import type { FunctionRegistry } from './function-registry.ts'
import { insertJob, moveJob, readJob } from './jobs.ts'
import type { Schema } from './schema.ts'
import {
  functionAddress,
  functionArguments,
  numberArgument,
  parseArguments,
  stringArgument,
} from './syscalls/arguments.ts'
import { Reads } from './syscalls/reads.ts'
import { calledTooLate, unknownOperation } from './syscalls/unsupported.ts'
import { Writes } from './syscalls/writes.ts'
import type { Transaction } from './transaction.ts'

/** What a query or mutation needs besides its transaction; the same for all that it calls. */
export interface TransactionEnvironment {
  readonly caller: FunctionCaller
  readonly registry: FunctionRegistry
  readonly schema: Schema
  readonly snapshotTs: bigint
  readonly nextCreationTime: () => number
  /** A transaction that sees what was committed, without this one's writes. */
  readonly committed: () => Transaction
  /** Lets others have the thread when this turn of it has lasted long. */
  readonly breathe: () => Promise<void> | undefined
}

type Operation = (call: TransactionCall, args: JsonObject) => string | Promise<string>

/** The syscalls of one query or mutation. */
export class TransactionCall implements Syscalls {
  readonly transaction: Transaction
  readonly environment: TransactionEnvironment
  readonly info: CallInfo
  readonly kind: 'query' | 'mutation'
  readonly reads: Reads
  readonly writes: Writes
  /** A nested call in progress: everything else this function asks for waits, so that a roll-back takes nothing else. */
  #nested: Promise<unknown> | null = null
  #isClosed = false

  constructor(
    kind: 'query' | 'mutation',
    transaction: Transaction,
    environment: TransactionEnvironment,
    info: CallInfo,
    journal: string | null = null,
  ) {
    this.kind = kind
    this.transaction = transaction
    this.environment = environment
    this.info = info
    this.reads = new Reads(transaction, journal, environment.breathe)
    this.writes = new Writes(transaction, environment.schema, environment.nextCreationTime)
  }

  sync(operation: string, argsJson: string): string {
    if (this.#isClosed) throw calledTooLate()
    const args = parseArguments(argsJson)
    switch (operation) {
      case '1.0/queryStream':
        return this.reads.openStream(args)
      case '1.0/queryCleanup':
        return this.reads.closeStream(args)
      case '1.0/db/normalizeId':
        return this.reads.normalizeId(args)
      case '1.0/getSnapshotTs':
        return JSON.stringify(convexToJson(this.environment.snapshotTs))
      default:
        throw unknownOperation(operation)
    }
  }

  async async(operation: string, argsJson: string): Promise<string> {
    await this.environment.breathe()
    while (this.#nested !== null) await this.#nested
    if (this.#isClosed) throw calledTooLate()
    const perform = operations[operation] ?? (this.kind === 'mutation' ? mutationOperations[operation] : undefined)
    if (perform === undefined) throw unknownOperation(operation)
    return await perform(this, parseArguments(argsJson))
  }

  object(operation: string): unknown {
    throw unknownOperation(operation)
  }

  close(): void {
    this.#isClosed = true
    this.reads.close()
  }

  async runNested(args: JsonObject): Promise<string> {
    const work = this.#runNested(args)
    this.#nested = work.catch(() => undefined).finally(() => (this.#nested = null))
    return await work
  }

  async #runNested(args: JsonObject): Promise<string> {
    const kind = args['udfType'] === 'mutation' ? 'mutation' : 'query'
    if (kind === 'mutation' && this.kind === 'query') throw new Error('Queries cannot run mutations.')
    const definition = this.environment.registry.find(functionAddress(args), kind, true)
    const isStale = args['udfType'] === 'snapshotQuery'
    const transaction = isStale ? this.environment.committed() : this.transaction
    const info = { ...this.info, path: definition.path }
    const child = new TransactionCall(kind, transaction, this.environment, info)
    const mark = transaction.mark()
    const outcome = await this.environment.caller.call(definition, functionArguments(args), info, child)
    if (!outcome.ok && kind === 'mutation') transaction.rollback(mark)
    return valueOf(outcome)
  }

  schedule(args: JsonObject): string {
    const path = functionAddress(args)
    const definition = this.environment.registry.findAny(path)
    if (definition === undefined || definition.kind === 'query') {
      throw new Error(`Attempted to schedule function at nonexistent path: ${path}`)
    }
    this.transaction.usage.add('functionsScheduled', 1)
    const parent = this.info.jobId === null ? null : readJob(this.transaction, this.info.jobId)
    return JSON.stringify(
      insertJob(this.writes, this.transaction.catalog, {
        path: definition.path,
        args: functionArguments(args),
        scheduledTime: numberArgument(args, 'ts') * 1000,
        // What a cancelled job schedules never runs.
        ...(parent?.state.kind === 'canceled' && { state: { kind: 'canceled' } }),
      }),
    )
  }

  cancel(args: JsonObject): string {
    moveJob(this.transaction, this.writes, stringArgument(args, 'id'), { kind: 'canceled' }, this.info.nowMs)
    return 'null'
  }
}

const operations: Readonly<Record<string, Operation>> = {
  '1.0/get': ({ reads }, args) => reads.get(args),
  '1.0/queryStreamNext': ({ reads }, args) => reads.next(args),
  '1.0/queryPage': ({ reads }, args) => reads.page(args),
  '1.0/count': ({ reads }, args) => reads.count(args),
  '1.0/runUdf': (call, args) => call.runNested(args),
  '1.0/createFunctionHandle': (_call, args) => JSON.stringify(functionHandle(functionAddress(args))),
  '1.0/getUserIdentity': ({ info }) => JSON.stringify(info.identity),
  '1.0/getFunctionMetadata': ({ info }) => JSON.stringify({ name: info.path, componentPath: '' }),
  '1.0/getDeploymentMetadata': () => JSON.stringify({ name: 'embedded', region: null, class: 'local' }),
  '1.0/getTransactionMetrics': ({ transaction: { usage } }) =>
    JSON.stringify({
      bytesRead: usage.used('bytesRead'),
      bytesWritten: usage.used('bytesWritten'),
      databaseQueries: usage.used('indexRanges'),
      documentsRead: usage.used('documentsRead'),
      documentsWritten: usage.used('documentsWritten'),
      functionsScheduled: usage.used('functionsScheduled'),
    }),
}

const mutationOperations: Readonly<Record<string, Operation>> = {
  '1.0/insert': ({ writes }, args) => writes.insert(args),
  '1.0/shallowMerge': ({ writes }, args) => writes.merge(args),
  '1.0/replace': ({ writes }, args) => writes.replace(args),
  '1.0/remove': ({ writes }, args) => writes.remove(args),
  '1.0/schedule': (call, args) => call.schedule(args),
  '1.0/cancel_job': (call, args) => call.cancel(args),
  '1.0/getRequestMetadata': ({ info }) =>
    JSON.stringify({ ip: null, userAgent: null, requestId: '', scheduledFunctionId: info.jobId, authToken: null }),
}
