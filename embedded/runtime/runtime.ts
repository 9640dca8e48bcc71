import type { JSONValue } from 'convex/values'
import type { RequestKey } from '../store/store.ts'
import { seededRandom } from '../values/seeded-random.ts'
import type { CallInfo } from './call-info.ts'
import { ComputingTime } from './computing-time.ts'
import type { Database, DatabaseSnapshot } from './database.ts'
import type { FunctionCall, FunctionKind, Identity, MutationRun, Outcome, QueryRun } from './engine.ts'
import { failureOf, type FunctionCaller } from './function-caller.ts'
import { describeThrown } from './function-error.ts'
import type { HostOutcome } from './function-host.ts'
import type { FunctionDefinition, FunctionRegistry } from './function-registry.ts'
import type { Metrics } from './metrics.ts'
import { Mutex } from './mutex.ts'
import type { Schema } from './schema.ts'
import { ThreadTurn } from './thread-turn.ts'
import { timedOut, withSilenceLimit } from './time-limit.ts'
import { TransactionCall } from './transaction-call.ts'
import type { Transaction } from './transaction.ts'

export interface RuntimeParts {
  readonly database: Database
  readonly registry: FunctionRegistry
  readonly caller: FunctionCaller
  readonly schema: Schema
  readonly metrics: Metrics
  readonly log: (line: string) => void
  /** How long the code of a query or mutation may compute. */
  readonly computingLimitMs: number
  /** How long it may wait for anything but the engine. */
  readonly silenceLimitMs: number
}

type Work = (call: TransactionCall) => Promise<HostOutcome>

/** Runs queries on snapshots and mutations one after the other. */
export class Runtime {
  readonly parts: RuntimeParts
  readonly #writer = new Mutex()
  readonly #turn = new ThreadTurn()

  constructor(parts: RuntimeParts) {
    this.parts = parts
  }

  async query(call: FunctionCall, snapshot: DatabaseSnapshot, journal: string | null): Promise<QueryRun> {
    const transaction = snapshot.transaction()
    const info = newCall(call.path, call.identity)
    const running = this.#open('query', transaction, snapshot.ts, info, journal)
    const outcome = await this.#limited(running, this.#find(call, 'query', running))
    this.parts.metrics.ran(info.path, transaction.usage.used('bytesRead').used)
    return { outcome: this.#finish(outcome, info), readSet: transaction.reads.finish(), journal: running.reads.journal }
  }

  /** Runs at most once for a `session`: its outcome is recorded in the same commit. `jobId`: the job that calls it. */
  async mutation(call: FunctionCall, session?: RequestKey, jobId: string | null = null): Promise<MutationRun> {
    return await this.#writer.run(async () => {
      const recorded = session && this.parts.database.store.findRequest(session)
      if (recorded) {
        const outcome: Outcome = JSON.parse(recorded.outcome)
        return { outcome, ts: recorded.ts }
      }
      const info = newCall(call.path, call.identity, jobId)
      return await this.#write(info, (running) => this.#find(call, 'mutation', running), session)
    })
  }

  /**
   * A writing transaction of the engine's own. `work` gets a call through which it reads and writes; what it did is
   * committed unless the outcome is a failure.
   */
  async write(name: string, work: Work, jobId: string | null = null): Promise<MutationRun> {
    return await this.#writer.run(async () => {
      return await this.#write(newCall(name, null, jobId), work)
    })
  }

  /** Calls a function inside a transaction that is open already. */
  async callInside(running: TransactionCall, definition: FunctionDefinition, args: JSONValue): Promise<HostOutcome> {
    const outcome = await this.parts.caller.call(definition, args, running.info, running)
    const { computing } = running.environment
    // Also when the function went on after it had been told.
    return computing.isOver ? timedOut(computing.limitMs) : outcome
  }

  /** Resolves when no mutation is running or waiting. */
  async idle(): Promise<void> {
    await this.#writer.idle()
  }

  async #write(info: CallInfo, work: Work, session?: RequestKey): Promise<MutationRun> {
    const { database, metrics } = this.parts
    const transaction = database.begin()
    const running = this.#open('mutation', transaction, database.latestTs, info, null)
    const outcome = this.#finish(await this.#limited(running, work(running)), info)
    metrics.ran(info.path, transaction.usage.used('bytesRead').used)
    if (!outcome.ok) return { outcome, ts: database.latestTs }
    try {
      const request = session && { key: session, outcome: JSON.stringify(outcome) }
      return { outcome, ts: database.commit(transaction, request) }
    } catch (error) {
      this.parts.log(`${info.path} could not be committed: ${String(error)}`)
      return { outcome: { ...describeThrown(error), logLines: info.logLines }, ts: database.latestTs }
    }
  }

  #open(
    kind: 'query' | 'mutation',
    transaction: Transaction,
    snapshotTs: bigint,
    info: CallInfo,
    journal: string | null,
  ): TransactionCall {
    const { database, registry, caller, schema } = this.parts
    const environment = {
      registry,
      caller,
      schema,
      snapshotTs,
      nextCreationTime: () => database.nextCreationTime(info.nowMs),
      committed: () => database.begin(),
      breathe: () => this.#turn.breathe(),
      computing: new ComputingTime(this.parts.computingLimitMs),
    }
    return new TransactionCall(kind, transaction, environment, info, journal)
  }

  async #find(call: FunctionCall, kind: FunctionKind, running: TransactionCall): Promise<HostOutcome> {
    let definition: FunctionDefinition
    try {
      definition = this.parts.registry.find(call.path, kind, call.allowInternal === true)
    } catch (error) {
      return failureOf(error)
    }
    return await this.callInside(running, definition, call.args)
  }

  async #limited(running: TransactionCall, work: Promise<HostOutcome>): Promise<HostOutcome> {
    const { computing } = running.environment
    const limitMs = this.parts.silenceLimitMs
    try {
      return await withSilenceLimit(
        work,
        limitMs,
        () => computing.activeAt,
        () => timedOut(limitMs),
      )
    } finally {
      running.close()
      computing.end()
    }
  }

  #finish(outcome: HostOutcome, { path, logLines }: CallInfo): Outcome {
    if (outcome.ok) return { ok: true, value: JSON.parse(outcome.value), logLines }
    this.parts.log(`${path} failed: ${outcome.errorMessage}`)
    return { ...outcome, logLines }
  }
}

export function newCall(path: string, identity: Identity | null, jobId: string | null = null): CallInfo {
  const nowMs = Date.now()
  return { path, identity, nowMs, random: seededRandom(nowMs ^ (Math.random() * 2 ** 32)), logLines: [], jobId }
}
