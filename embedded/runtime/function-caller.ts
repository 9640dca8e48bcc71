import { jsonToConvex, type JSONValue } from 'convex/values'
import type { CallInfo } from './call-info.ts'
import type { Components } from './components.ts'
import { describeThrown, FunctionError } from './function-error.ts'
import type { FunctionHost, HostOutcome, Syscalls } from './function-host.ts'
import { systemPath } from './function-path.ts'
import { FunctionNotFound, type FunctionDefinition } from './function-registry.ts'
import { findMismatch } from './validator.ts'
import { findExcess } from '../values/value-limits.ts'

/** Runs one function with its arguments and its result validated. */
export class FunctionCaller {
  readonly #host: FunctionHost
  readonly #components: Components
  readonly #log: (line: string) => void

  constructor(host: FunctionHost, components: Components, log: (line: string) => void) {
    this.#host = host
    this.#components = components
    this.#log = log
  }

  async call(
    definition: FunctionDefinition,
    args: JSONValue,
    info: CallInfo,
    syscalls: Syscalls,
  ): Promise<HostOutcome> {
    const excess = findExcess([args])
    if (excess !== null) return { ok: false, errorMessage: invalidArguments(definition.path, excess) }
    const wrongArgs = this.#check('ArgumentValidationError', definition, definition.args, args)
    if (wrongArgs !== null) return wrongArgs
    const outcome = await this.#run(definition, args, info, syscalls)
    if (!outcome.ok || definition.returns === null) return outcome
    const result: JSONValue = JSON.parse(outcome.value)
    return this.#check('ReturnsValidationError', definition, definition.returns, result) ?? outcome
  }

  async #run(
    definition: FunctionDefinition,
    args: JSONValue,
    info: CallInfo,
    syscalls: Syscalls,
  ): Promise<HostOutcome> {
    const { path, kind } = definition
    const argsJson = JSON.stringify([args])
    try {
      syscalls.open?.()
      return await this.#host.run(definition, argsJson, {
        syscalls,
        kind,
        nowMs: info.nowMs,
        random: info.random,
        log: (level, message) => {
          info.logLines.push(`[${level}] ${message}`)
          this.#log(`${path} [${level}] ${message}`)
        },
      })
    } finally {
      syscalls.close()
    }
  }

  #check(
    name: string,
    { path }: FunctionDefinition,
    validator: FunctionDefinition['args'],
    json: JSONValue,
  ): HostOutcome | null {
    try {
      const mismatch = findMismatch(this.#components.of(path).catalog, validator, jsonToConvex(json))
      return mismatch === null ? null : { ok: false, errorMessage: `${name}: ${mismatch}` }
    } catch (error) {
      return { ok: false, errorMessage: `${name}: ${error instanceof Error ? error.message : String(error)}` }
    }
  }
}

export function invalidArguments(path: string, excess: string): string {
  return `Invalid arguments for ${systemPath(path)}: ${excess}`
}

/** The failure of a function whose result is more than a value may be; null when it is not. */
export function findResultFailure(path: string, result: JSONValue): HostOutcome | null {
  const excess = findExcess(result)
  if (excess === null) return null
  return { ok: false, errorMessage: `Function ${systemPath(path)} return value invalid: ${excess}` }
}

/** What a function that another one called came to: its result may be no more than that of one that a client calls. */
export function nestedOutcome(path: string, outcome: HostOutcome): HostOutcome {
  return outcome.ok ? (findResultFailure(path, JSON.parse(outcome.value)) ?? outcome) : outcome
}

/** For `runQuery` and its like: the value's JSON, or the failure thrown. */
export function valueOf(outcome: HostOutcome): string {
  if (outcome.ok) return outcome.value
  throw new FunctionError(outcome.errorMessage, outcome.errorData)
}

/** A failure found before the function began. */
export function failureOf(error: unknown): HostOutcome {
  return error instanceof FunctionNotFound ? { ok: false, errorMessage: error.message } : describeThrown(error)
}
