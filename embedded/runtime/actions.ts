import type { JSONValue } from 'convex/values'
import { ActionCall, type ActionCalls } from './action-call.ts'
import type { CallInfo } from './call-info.ts'
import type { FunctionCall, Identity, Outcome } from './engine.ts'
import { failureOf, valueOf } from './function-caller.ts'
import { FunctionError } from './function-error.ts'
import type { FunctionHost, HostOutcome } from './function-host.ts'
import { newCall, type Runtime } from './runtime.ts'
import { timedOut, withTimeLimit } from './time-limit.ts'

/** Runs actions, in parallel. */
export class Actions {
  readonly #runtime: Runtime
  readonly #host: FunctionHost
  readonly #timeoutMs: number
  #running = 0

  constructor(runtime: Runtime, host: FunctionHost, timeoutMs: number) {
    this.#runtime = runtime
    this.#host = host
    this.#timeoutMs = timeoutMs
  }

  get running(): number {
    return this.#running
  }

  async run(call: FunctionCall, jobId: string | null = null): Promise<Outcome> {
    const info = newCall(call.path, call.identity, jobId)
    const outcome = await this.#call(call, info)
    if (outcome.ok) return { ok: true, value: JSON.parse(outcome.value), logLines: info.logLines }
    this.#runtime.parts.log(`${info.path} failed: ${outcome.errorMessage}`)
    return { ...outcome, logLines: info.logLines }
  }

  /** An HTTP action; throws what it throws. */
  async runHttp(invoke: () => Promise<Response>, path: string, identity: Identity | null): Promise<Response> {
    const info = newCall(path, identity)
    this.#running++
    try {
      return await this.#host.runObject(invoke, {
        syscalls: new ActionCall(this.#callsFor, info),
        isTransaction: false,
        nowMs: info.nowMs,
        random: Math.random,
        log: (level, message) => this.#runtime.parts.log(`${path} [${level}] ${message}`),
      })
    } finally {
      this.#running--
    }
  }

  async #call(call: FunctionCall, info: CallInfo): Promise<HostOutcome> {
    this.#running++
    try {
      const definition = this.#runtime.parts.registry.find(call.path, 'action', call.allowInternal === true)
      const syscalls = new ActionCall(this.#callsFor, info)
      const work = this.#runtime.parts.caller.call(definition, call.args, { ...info, random: Math.random }, syscalls)
      return await withTimeLimit(work, this.#timeoutMs, () => {
        syscalls.close()
        return timedOut(this.#timeoutMs)
      })
    } catch (error) {
      return failureOf(error)
    } finally {
      this.#running--
    }
  }

  readonly #callsFor: ActionCalls = {
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
    action: async (path, args, info) => valueOf(await this.#call(internal(path, args, info), { ...info, path })),
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

function internal(path: string, args: JSONValue, { identity }: CallInfo): FunctionCall {
  return { path, args, identity, allowInternal: true }
}
