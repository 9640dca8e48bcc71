import type { RequestKey } from '../store/store.ts'
import type { Actions } from './actions.ts'
import type { Crons } from './crons.ts'
import type {
  AuthProvider,
  Commit,
  Engine,
  EngineMetrics,
  FunctionCall,
  Identity,
  FunctionKind,
  MutationRun,
  Outcome,
  Snapshot,
} from './engine.ts'
import type { HttpRouter } from './http-router.ts'
import type { Code } from './load-code.ts'
import { setTimeout } from './real-timers.ts'
import { LocalFiles } from './local-files.ts'
import type { Runtime } from './runtime.ts'
import type { Scheduler } from './scheduler.ts'

const requestsKeptNs = 14n * 24n * 60n * 60n * 1_000_000_000n

/** The engine's parts behind the interface that the protocol servers use. */
export class LocalEngine implements Engine {
  readonly files: LocalFiles
  readonly #runtime: Runtime
  readonly #actions: Actions
  readonly #scheduler: Scheduler
  readonly #crons: Crons
  readonly #load: () => Promise<Code>
  #router: HttpRouter | null
  #providers: readonly AuthProvider[]
  #closing: Promise<void> | null = null

  constructor(parts: {
    runtime: Runtime
    actions: Actions
    scheduler: Scheduler
    crons: Crons
    router: HttpRouter | null
    providers: readonly AuthProvider[]
    /** Loads the project as it is now. */
    load: () => Promise<Code>
  }) {
    this.files = new LocalFiles(parts.runtime)
    this.#runtime = parts.runtime
    this.#actions = parts.actions
    this.#scheduler = parts.scheduler
    this.#crons = parts.crons
    this.#router = parts.router
    this.#providers = parts.providers
    this.#load = parts.load
    const { store, latestTs } = parts.runtime.parts.database
    store.forgetRequests(latestTs - requestsKeptNs)
  }

  latestTs(): bigint {
    return this.#runtime.parts.database.latestTs
  }

  snapshot(): Snapshot {
    this.#assertOpen()
    const snapshot = this.#runtime.parts.database.snapshot()
    return {
      ts: snapshot.ts,
      query: (call) => this.#runtime.query(call, snapshot, call.journal ?? null),
      release: () => snapshot.release(),
    }
  }

  async mutation(call: FunctionCall & { readonly session?: RequestKey }): Promise<MutationRun> {
    this.#assertOpen()
    return await this.#runtime.mutation(call, call.session)
  }

  async action(call: FunctionCall): Promise<Outcome> {
    this.#assertOpen()
    return await this.#actions.run(call)
  }

  async httpAction(request: Request, identity: Identity | null): Promise<Response | null> {
    this.#assertOpen()
    const found = this.#router?.(new URL(request.url).pathname, request.method) ?? null
    if (found === null) return null
    const outcome = await this.#actions.runHttp(request, found.route, identity)
    if (outcome.ok) return outcome.value
    this.#runtime.parts.log(`${found.route} failed: ${outcome.errorMessage}`)
    return Response.json({ code: 'Server Error', trace: outcome.errorMessage }, { status: 500 })
  }

  onCommit(listener: (commit: Commit) => void): () => void {
    return this.#runtime.parts.database.onCommit((commit) => listener(commit))
  }

  functionKind(path: string): FunctionKind | null {
    return this.#runtime.parts.registry.findAny(path)?.kind ?? null
  }

  authProviders(): Promise<readonly AuthProvider[]> {
    return Promise.resolve(this.#providers)
  }

  metrics(): EngineMetrics {
    return this.#runtime.parts.metrics.toObject()
  }

  async reload(): Promise<void> {
    const { router, providers, bundles, crons, ...code } = await this.#load()
    this.#assertOpen()
    await this.#runtime.exchange(code)
    this.#actions.exchange(bundles)
    await this.#crons.exchange(crons)
    this.#router = router
    this.#providers = providers
  }

  close(graceMs = 0): Promise<void> {
    this.#closing ??= this.#close(graceMs)
    return this.#closing
  }

  async #close(graceMs: number): Promise<void> {
    this.#scheduler.stop()
    this.#crons.stop()
    const deadline = Date.now() + graceMs
    while (this.#actions.running + this.#scheduler.running + this.#crons.running > 0 && Date.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
    await this.#actions.close()
    await this.#runtime.idle()
    this.#runtime.parts.database.close()
  }

  #assertOpen(): void {
    if (this.#closing !== null) throw new Error('The engine is closed')
  }
}
