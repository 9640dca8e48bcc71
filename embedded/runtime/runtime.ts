import type { JSONValue } from 'convex/values'
import type { RequestKey } from '../store/store.ts'
import { seededRandom } from '../values/seeded-random.ts'
import { applySchema } from './apply-schema.ts'
import type { CallInfo } from './call-info.ts'
import type { Clock } from './clock.ts'
import type { Components } from './components.ts'
import { ComputingTime } from './computing-time.ts'
import type { Database, DatabaseSnapshot } from './database.ts'
import type { Files } from './files.ts'
import type { FunctionCall, FunctionKind, Identity, MutationRun, Outcome, QueryRun } from './engine.ts'
import { failureOf, findResultFailure, type FunctionCaller } from './function-caller.ts'
import { describeThrown } from './function-error.ts'
import type { HostOutcome } from './function-host.ts'
import type { FunctionDefinition, FunctionRegistry } from './function-registry.ts'
import { Gate } from './gate.ts'
import type { Code } from './load-code.ts'
import type { Metrics } from './metrics.ts'
import { Mutex } from './mutex.ts'
import { ThreadTurn } from './thread-turn.ts'
import { timedOut, withSilenceLimit } from './time-limit.ts'
import { TransactionCall } from './transaction-call.ts'
import type { Transaction } from './transaction.ts'
import type { VectorSearches } from './vector-searches.ts'

export interface RuntimeParts {
  readonly database: Database
  readonly vectors: VectorSearches
  readonly registry: FunctionRegistry
  readonly caller: FunctionCaller
  readonly components: Components
  readonly files: Files
  readonly metrics: Metrics
  readonly clock: Clock
  readonly log: (line: string) => void
  /** How long the code of a query or mutation may compute. */
  readonly computingLimitMs: number
  /** How long it may wait for anything but the engine. */
  readonly silenceLimitMs: number
}

type Work = (call: TransactionCall) => Promise<HostOutcome>

/** Runs queries on snapshots and mutations one after the other. */
export class Runtime {
  #parts: RuntimeParts
  readonly #writer = new Mutex()
  readonly #queries = new Gate()
  readonly #turn = new ThreadTurn()

  constructor(parts: RuntimeParts) {
    this.#parts = parts
  }

  get parts(): RuntimeParts {
    return this.#parts
  }

  async query(call: FunctionCall, snapshot: DatabaseSnapshot, journal: string | null): Promise<QueryRun> {
    return await this.#queries.run(() => this.#query(call, snapshot, journal))
  }

  /**
   * Goes on with other functions, once no query and no mutation is running. Everything that is watched counts as
   * changed. Throws, with nothing changed, when documents do not fit the schema.
   */
  async exchange({ registry, schemas }: Pick<Code, 'registry' | 'schemas'>): Promise<void> {
    await this.#writer.run(() =>
      this.#queries.runAlone(() => {
        const { database, components, vectors, log } = this.parts
        database.catalog.adopt(applySchema(database.store, schemas, log))
        components.exchange(schemas)
        this.#parts = { ...this.parts, registry }
        vectors.forget()
        database.touchAll()
      }),
    )
  }

  async #query(call: FunctionCall, snapshot: DatabaseSnapshot, journal: string | null): Promise<QueryRun> {
    const transaction = snapshot.transaction()
    const info = this.newCall(call.path, call.identity)
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
      const info = this.newCall(call.path, call.identity, jobId)
      return await this.#write(info, (running) => this.#find(call, 'mutation', running), session)
    })
  }

  /**
   * A writing transaction of the engine's own. `work` gets a call through which it reads and writes; what it did is
   * committed unless the outcome is a failure.
   */
  async write(name: string, work: Work, jobId: string | null = null): Promise<MutationRun> {
    return await this.#writer.run(async () => {
      return await this.#write(this.newCall(name, null, jobId), work)
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
    const { database, files } = this.parts
    const running = this.#open('mutation', database.begin(), database.latestTs, info, null)
    try {
      return await this.#runAndCommit(running, work, session)
    } finally {
      await files.discardUnused(running.environment.writtenContents)
    }
  }

  async #runAndCommit(running: TransactionCall, work: Work, session?: RequestKey): Promise<MutationRun> {
    const { database, metrics } = this.parts
    const { info, transaction } = running
    const outcome = this.#finish(await this.#limited(running, work(running)), info)
    metrics.ran(info.path, transaction.usage.used('bytesRead').used)
    if (!outcome.ok) return { outcome, ts: database.latestTs }
    // What it wrote is committed in one go, which should not come on top of a turn that was long already.
    await running.environment.breathe()
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
    const { database, registry, caller, components, files } = this.parts
    const environment = {
      registry,
      caller,
      components,
      files,
      writtenContents: [],
      snapshotTs,
      nextCreationTime: () => database.nextCreationTime(info.nowMs),
      committed: () => database.begin(),
      breathe: this.#turn.join(),
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

  newCall(path: string, identity: Identity | null, jobId: string | null = null): CallInfo {
    const nowMs = this.parts.clock.now()
    return { path, identity, nowMs, random: seededRandom(nowMs ^ (Math.random() * 2 ** 32)), logLines: [], jobId }
  }

  #finish(outcome: HostOutcome, info: CallInfo): Outcome {
    return finishCall(outcome, info, this.parts.log)
  }
}

type Told = Pick<CallInfo, 'path' | 'logLines'>

/** The outcome as it is told to the caller; a result that is more than a value may be is a failure. */
export function finishCall(outcome: HostOutcome, { path, logLines }: Told, log: (line: string) => void): Outcome {
  if (outcome.ok) {
    const value: JSONValue = JSON.parse(outcome.value)
    const failure = findResultFailure(path, value)
    return failure === null ? { ok: true, value, logLines } : finishCall(failure, { path, logLines }, log)
  }
  log(`${path} failed: ${outcome.errorMessage}`)
  return { ...outcome, logLines }
}
