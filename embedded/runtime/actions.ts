import type { JSONValue } from 'convex/values'
import { ActionCall, type ActionCalls } from './action-call.ts'
import { calledFrom, type CallInfo } from './call-info.ts'
import type { FunctionCall, Identity, Outcome } from './engine.ts'
import { functionAddress } from './function-address.ts'
import { failureOf, FunctionCaller, nestedOutcome, valueOf } from './function-caller.ts'
import { FunctionError } from './function-error.ts'
import type { ActionHost, HostOutcome, HttpOutcome } from './function-host.ts'
import type { ComponentBundle } from './load-components.ts'
import { finishCall, type Runtime } from './runtime.ts'
import { storeFile } from './store-file.ts'

/** Runs actions, in parallel. The host runs their code, this thread what they ask of the database. */
export class Actions {
  readonly #runtime: Runtime
  readonly #host: ActionHost
  readonly #caller: FunctionCaller
  #running = 0

  constructor(runtime: Runtime, host: ActionHost) {
    this.#runtime = runtime
    this.#host = host
    this.#caller = new FunctionCaller(host, runtime.parts.components, runtime.parts.log)
  }

  get running(): number {
    return this.#running
  }

  async run(call: FunctionCall, jobId: string | null = null): Promise<Outcome> {
    const info = this.#runtime.newCall(call.path, call.identity, jobId)
    return finishCall(await this.#call(call, info), info, this.#runtime.parts.log)
  }

  /** An HTTP action. `route` is what the log calls it. */
  async runHttp(request: Request, route: string, identity: Identity | null): Promise<HttpOutcome> {
    const info = this.#runtime.newCall(route, identity)
    this.#running++
    try {
      return await this.#host.runHttp(request, {
        syscalls: new ActionCall(this.#callsFor, info),
        kind: 'action',
        nowMs: info.nowMs,
        random: Math.random,
        log: (level, message) => this.#runtime.parts.log(`${route} [${level}] ${message}`),
      })
    } finally {
      this.#running--
    }
  }

  /** See `ActionHost`. */
  exchange(bundles: readonly ComponentBundle[]): void {
    this.#host.exchange(bundles)
  }

  /** Ends what is still running. */
  async close(): Promise<void> {
    await this.#host.close()
  }

  async #call(call: FunctionCall, info: CallInfo): Promise<HostOutcome> {
    this.#running++
    try {
      const definition = this.#runtime.parts.registry.find(call.path, 'action', call.allowInternal === true)
      return await this.#caller.call(definition, call.args, info, new ActionCall(this.#callsFor, info))
    } catch (error) {
      return failureOf(error)
    } finally {
      this.#running--
    }
  }

  readonly #callsFor: ActionCalls = {
    address: (args, info) => functionAddress(args, info.path, this.#runtime.parts.registry),
    files: () => this.#runtime.parts.files,
    committed: ({ path }) => ({
      transaction: this.#runtime.parts.database.begin(),
      component: this.#runtime.parts.components.of(path),
    }),
    storeFile: (file, info) => storeFile(this.#runtime, info.path, file),
    query: async (path, args, info) => {
      const snapshot = this.#runtime.parts.database.snapshot()
      try {
        const { outcome } = await this.#runtime.query(internal(path, args, info), snapshot, null)
        return this.#result(outcome, info)
      } finally {
        snapshot.release()
      }
    },
    mutation: async (path, args, info) => {
      const { outcome } = await this.#runtime.mutation(internal(path, args, info), undefined, info.jobId)
      return this.#result(outcome, info)
    },
    action: async (path, args, info) =>
      valueOf(nestedOutcome(path, await this.#call(internal(path, args, info), calledFrom(info, path)))),
    vectorSearch: async (query, { path }) => {
      const { vectors, components } = this.#runtime.parts
      const found = await vectors.search(components.of(path), query)
      return JSON.stringify({ results: found.map(({ id, score }) => ({ _id: id, _score: score })) })
    },
    write: async (info, work) => {
      const { outcome } = await this.#runtime.write(
        info.path,
        (running) => Promise.resolve({ ok: true, value: work(running) }),
        info.jobId,
      )
      return this.#result(outcome, info)
    },
  }

  #result(outcome: Outcome, info: CallInfo): string {
    info.logLines.push(...outcome.logLines)
    if (outcome.ok) return JSON.stringify(outcome.value)
    throw new FunctionError(outcome.errorMessage, outcome.errorData)
  }
}

function internal(path: string, args: JSONValue, info: CallInfo): FunctionCall {
  return { path, args, identity: calledFrom(info, path).identity, allowInternal: true }
}
