/** An engine in memory for tests of the servers: functions over a map of keys, each commit a new map. */
import type { JSONValue } from 'convex/values'
import type {
  AuthProvider,
  Commit,
  Engine,
  FunctionCall,
  FunctionKind,
  Identity,
  MutationRun,
  Outcome,
  QueryRun,
} from '../runtime/engine.ts'

interface FakeCommit extends Commit {
  readonly keys: ReadonlySet<string>
}

export interface FakeContext {
  readonly args: Readonly<Record<string, JSONValue>>
  readonly identity: Identity | null
  get(key: string): JSONValue
  set(key: string, value: JSONValue): void
}

export interface FakeFunction {
  readonly kind: FunctionKind
  readonly internal?: boolean
  readonly run: (context: FakeContext) => JSONValue | Promise<JSONValue>
}

/** An application error, as a `ConvexError` is. */
export class FakeError extends Error {
  readonly data: JSONValue
  constructor(data: JSONValue) {
    super('FakeError')
    this.data = data
  }
}

export class FakeEngine implements Engine {
  readonly functions: Record<string, FakeFunction>
  providers: readonly AuthProvider[] = []
  httpHandler: (request: Request, identity: Identity | null) => Response | null | Promise<Response | null> = () => null
  /** How often each function ran. */
  readonly runs: Record<string, number> = {}
  openSnapshots = 0
  #data: ReadonlyMap<string, JSONValue> = new Map()
  #ts = BigInt(Date.now()) * 1_000_000n
  readonly #listeners = new Set<(commit: Commit) => void>()
  readonly #recorded = new Map<string, Promise<MutationRun>>()
  #writer: Promise<unknown> = Promise.resolve()

  constructor(functions: Record<string, FakeFunction>) {
    this.functions = functions
  }

  latestTs(): bigint {
    return this.#ts
  }

  functionKind(path: string): FunctionKind | null {
    return this.functions[path]?.kind ?? null
  }

  metrics() {
    return { runs: this.runs, written: {}, bytesRead: {} }
  }

  snapshot() {
    const data = this.#data
    this.openSnapshots += 1
    return {
      ts: this.#ts,
      query: async (call: FunctionCall & { readonly journal?: string | null }): Promise<QueryRun> => {
        const keys = new Set<string>()
        const outcome = await this.#run('query', call, {
          get: (key) => {
            keys.add(key)
            return data.get(key) ?? null
          },
          set: () => {
            throw new Error('A query does not write.')
          },
        })
        const overlaps = (commit: Commit) => [...(commit as FakeCommit).keys].some((key) => keys.has(key))
        return { outcome, readSet: { overlaps, places: null }, journal: call.journal ?? null }
      },
      release: () => {
        this.openSnapshots -= 1
      },
    }
  }

  async mutation(
    call: FunctionCall & { readonly session?: { readonly sessionId: string; readonly requestId: number } },
  ): Promise<MutationRun> {
    const key = call.session && `${call.session.sessionId}:${call.session.requestId}`
    const recorded = key === undefined ? undefined : this.#recorded.get(key)
    if (recorded !== undefined) return recorded
    const run = this.#writer.then(() => this.#mutate(call))
    this.#writer = run
    if (key !== undefined) this.#recorded.set(key, run)
    const result = await run
    if (!result.outcome.ok && key !== undefined) this.#recorded.delete(key)
    return result
  }

  async action(call: FunctionCall): Promise<Outcome> {
    return this.#run('action', call, {
      get: (key) => this.#data.get(key) ?? null,
      set: (...pair) => this.write(...pair),
    })
  }

  async httpAction(request: Request, identity: Identity | null): Promise<Response | null> {
    return this.httpHandler(request, identity)
  }

  onCommit(listener: (commit: Commit) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  async authProviders(): Promise<readonly AuthProvider[]> {
    return this.providers
  }

  async close(): Promise<void> {
    await this.#writer
  }

  /** A commit from nowhere. */
  write(key: string, value: JSONValue): void {
    this.#commit(new Map([[key, value]]))
  }

  async #mutate(call: FunctionCall): Promise<MutationRun> {
    const writes = new Map<string, JSONValue>()
    const outcome = await this.#run('mutation', call, {
      get: (key) => writes.get(key) ?? this.#data.get(key) ?? null,
      set: (key, value) => writes.set(key, value),
    })
    if (outcome.ok) this.#commit(writes)
    return { outcome, ts: this.#ts }
  }

  #commit(writes: ReadonlyMap<string, JSONValue>): void {
    this.#data = new Map([...this.#data, ...writes])
    this.#ts += 1n
    const commit: FakeCommit = { ts: this.#ts, keys: new Set(writes.keys()), places: null }
    for (const listener of this.#listeners) listener(commit)
  }

  async #run(kind: FunctionKind, call: FunctionCall, db: Pick<FakeContext, 'get' | 'set'>): Promise<Outcome> {
    const found = this.functions[call.path]
    if (found?.kind !== kind || (found.internal === true && call.allowInternal !== true)) {
      return { ok: false, errorMessage: `Could not find public function for '${call.path}'.`, logLines: [] }
    }
    this.runs[call.path] = (this.runs[call.path] ?? 0) + 1
    try {
      const args = call.args as Record<string, JSONValue>
      return { ok: true, value: await found.run({ args, identity: call.identity, ...db }), logLines: [] }
    } catch (error) {
      const errorMessage = `Uncaught ${error instanceof Error ? `${error.name}: ${error.message}` : 'error'}\n`
      return { ok: false, errorMessage, logLines: [], ...(error instanceof FakeError ? { errorData: error.data } : {}) }
    }
  }
}
