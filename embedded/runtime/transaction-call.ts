import { convexToJson, getConvexSize, jsonToConvex, type JSONValue } from 'convex/values'
import { isJsonObject, type JsonObject } from '../values/json-object.ts'
import { findExcess } from '../values/value-limits.ts'
import { calledFrom, type CallInfo } from './call-info.ts'
import type { Component, Components } from './components.ts'
import type { ComputingTime } from './computing-time.ts'
import type { Files } from './files.ts'
import { functionAddress } from './function-address.ts'
import { invalidArguments, nestedOutcome, valueOf, type FunctionCaller } from './function-caller.ts'
import { functionHandle } from './function-path.ts'
import type { Syscalls } from './function-host.ts'
import type { FunctionRegistry } from './function-registry.ts'
import { insertJob, jobsTableOf, moveJob, readJob } from './jobs.ts'
import { functionArguments, numberArgument, parseArguments, stringArgument } from './syscalls/arguments.ts'
import { deleteFile, fileMetadata, fileUrl, readFile, storeFile } from './syscalls/files.ts'
import { Reads } from './syscalls/reads.ts'
import { functionMetadata } from './syscalls/metadata.ts'
import { calledTooLate, unknownOperation } from './syscalls/unsupported.ts'
import { Writes } from './syscalls/writes.ts'
import { timedOut } from './time-limit.ts'
import type { Transaction } from './transaction.ts'
import type { Usage } from './usage.ts'

/** What a query or mutation needs besides its transaction; the same for all that it calls. */
export interface TransactionEnvironment {
  readonly caller: FunctionCaller
  readonly registry: FunctionRegistry
  readonly components: Components
  readonly files: Files
  /** The UUIDs of the contents that were written; those that no committed row names are removed at the end. */
  readonly writtenContents: string[]
  readonly snapshotTs: bigint
  readonly nextCreationTime: () => number
  /** A transaction that sees what was committed, without this one's writes. */
  readonly committed: () => Transaction
  /** Lets others have the thread when this turn of it has lasted long. */
  readonly breathe: () => Promise<void> | undefined
  readonly computing: ComputingTime
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
  readonly component: Component
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
    this.component = environment.components.of(info.path)
    this.reads = new Reads(transaction, this.component, journal, environment.breathe)
    this.writes = new Writes(transaction, this.component, environment.nextCreationTime)
  }

  sync(operation: string, argsJson: string): string {
    this.#leave()
    try {
      return this.#performSync(operation, parseArguments(argsJson))
    } finally {
      this.environment.computing.enter()
    }
  }

  async async(operation: string, argsJson: string): Promise<string> {
    this.#leave()
    try {
      const pause = this.environment.breathe()
      if (pause !== undefined) await pause
      while (this.#nested !== null) await this.#nested
      if (this.#isClosed) throw calledTooLate()
      const perform = operations[operation] ?? (this.kind === 'mutation' ? mutationOperations[operation] : undefined)
      if (perform === undefined) throw unknownOperation(operation)
      const result = perform(this, parseArguments(argsJson))
      return typeof result === 'string' ? result : await result
    } finally {
      if (!this.#isClosed) this.environment.computing.enter()
    }
  }

  object(operation: string): unknown {
    throw unknownOperation(operation)
  }

  open(): void {
    this.environment.computing.enter()
  }

  close(): void {
    if (this.#isClosed) return
    this.environment.computing.leave()
    this.#isClosed = true
    this.reads.close()
  }

  /** Throws when the function has no time left, or has ended. */
  #leave(): void {
    if (this.#isClosed) throw calledTooLate()
    const { computing } = this.environment
    computing.leave()
    if (!computing.isOver) return
    computing.enter()
    throw new Error(timedOut(computing.limitMs).errorMessage)
  }

  #performSync(operation: string, args: JsonObject): string {
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

  /** Begins the work in the same moment in which no nested call is in progress; rejects when this function has ended. */
  async inTurn<Result>(work: () => Result | Promise<Result>): Promise<Result> {
    while (this.#nested !== null) await this.#nested
    if (this.#isClosed) throw calledTooLate()
    return await work()
  }

  async runNested(args: JsonObject): Promise<string> {
    const work = this.#runNested(args)
    this.#nested = work.catch(() => undefined).finally(() => (this.#nested = null))
    return await work
  }

  async #runNested(args: JsonObject): Promise<string> {
    const kind = args['udfType'] === 'mutation' ? 'mutation' : 'query'
    if (kind === 'mutation' && this.kind === 'query') throw new Error('Queries cannot run mutations.')
    const definition = this.environment.registry.find(this.address(args), kind, true)
    const isStale = args['udfType'] === 'snapshotQuery'
    const transaction = isStale ? this.environment.committed() : this.transaction
    const info = calledFrom(this.info, definition.path)
    const child = new TransactionCall(kind, transaction, this.environment, info)
    const mark = transaction.mark()
    const usage = transaction.usage.enter(limitsOf(args['transactionLimits']))
    const ended = await this.environment.caller.call(definition, functionArguments(args), info, child)
    const outcome = nestedOutcome(definition.path, ended)
    const isRolledBack = !outcome.ok && kind === 'mutation'
    if (isRolledBack) transaction.rollback(mark)
    transaction.usage.leave(usage, isRolledBack)
    return valueOf(outcome)
  }

  schedule(args: JsonObject): string {
    const path = this.address(args)
    const definition = this.environment.registry.findAny(path)
    if (definition === undefined || definition.kind === 'query') {
      throw new Error(`Attempted to schedule function at nonexistent path: ${path}`)
    }
    const jobArguments = functionArguments(args)
    const excess = findExcess([jobArguments])
    if (excess !== null) throw new Error(invalidArguments(definition.path, excess))
    this.transaction.usage.add('functionsScheduled', 1)
    this.transaction.usage.add('scheduledFunctionArgsBytes', getConvexSize(jsonToConvex(jobArguments)))
    const parent = this.info.jobId === null ? null : readJob(this.transaction, this.info.jobId)
    return JSON.stringify(
      insertJob(this.writes, this.component.catalog, {
        path: definition.path,
        args: jobArguments,
        scheduledTime: numberArgument(args, 'ts') * 1000,
        // What a cancelled job schedules never runs.
        ...(parent?.state.kind === 'canceled' && { state: { kind: 'canceled' } }),
      }),
    )
  }

  cancel(args: JsonObject): string {
    const id = stringArgument(args, 'id')
    if (jobsTableOf(this.component.catalog, id) !== null) {
      moveJob(this.transaction, this.writes, id, { kind: 'canceled' }, this.info.nowMs)
    }
    return 'null'
  }

  /** The path of the function that a syscall names. */
  address(args: JsonObject): string {
    return functionAddress(args, this.info.path, this.environment.registry)
  }
}

const operations: Readonly<Record<string, Operation>> = {
  '1.0/get': ({ reads }, args) => reads.get(args),
  '1.0/queryStreamNext': ({ reads }, args) => reads.next(args),
  '1.0/queryPage': ({ reads }, args) => reads.page(args),
  '1.0/count': ({ reads }, args) => reads.count(args),
  '1.0/runUdf': (call, args) => call.runNested(args),
  '1.0/createFunctionHandle': (call, args) => JSON.stringify(functionHandle(call.address(args))),
  '1.0/storageGetUrl': (call, args) => fileUrl(call.environment.files, call, args),
  '1.0/storageGetMetadata': (call, args) => fileMetadata(call, args),
  '1.0/getUserIdentity': ({ info }) => JSON.stringify(info.identity),
  '1.0/getFunctionMetadata': ({ info }) => functionMetadata(info.path),
  '1.0/getDeploymentMetadata': () => JSON.stringify({ name: 'embedded', region: null, class: 'local' }),
  '1.0/getTransactionMetrics': ({ transaction: { usage } }) =>
    JSON.stringify({
      bytesRead: usage.used('bytesRead'),
      bytesWritten: usage.used('bytesWritten'),
      databaseQueries: usage.used('indexRanges'),
      documentsRead: usage.used('documentsRead'),
      documentsWritten: usage.used('documentsWritten'),
      functionsScheduled: usage.used('functionsScheduled'),
      scheduledFunctionArgsBytes: usage.used('scheduledFunctionArgsBytes'),
      filesRead: usage.used('filesRead'),
      fileReadBytes: usage.used('fileBytesRead'),
      filesWritten: usage.used('filesWritten'),
      fileWriteBytes: usage.used('fileBytesWritten'),
    }),
}

const mutationOperations: Readonly<Record<string, Operation>> = {
  '1.0/insert': ({ writes }, args) => writes.insert(args),
  '1.0/shallowMerge': ({ writes }, args) => writes.merge(args),
  '1.0/replace': ({ writes }, args) => writes.replace(args),
  '1.0/remove': ({ writes }, args) => writes.remove(args),
  '1.0/schedule': (call, args) => call.schedule(args),
  '1.0/cancel_job': (call, args) => call.cancel(args),
  '1.0/storageGenerateUploadUrl': ({ environment, info, component }) =>
    JSON.stringify(environment.files.uploadUrl(info.nowMs, component.path)),
  '1.0/storageStore': (call, args) => storeFile(call, args),
  '1.0/storageGet': (call, args) => readFile(call, args),
  '1.0/storageDelete': (call, args) => deleteFile(call, args),
  '1.0/getRequestMetadata': ({ info }) =>
    JSON.stringify({ ip: null, userAgent: null, requestId: '', scheduledFunctionId: info.jobId, authToken: null }),
}

/** The `transactionLimits` of a nested call, by what they are called here. */
function limitsOf(limits: JSONValue | undefined): Parameters<Usage['enter']>[0] {
  if (!isJsonObject(limits)) return {}
  const { databaseQueries, ...rest } = Object.fromEntries(
    Object.entries(limits).filter((limit): limit is [string, number] => typeof limit[1] === 'number'),
  )
  return databaseQueries === undefined ? rest : { ...rest, indexRanges: databaseQueries }
}
