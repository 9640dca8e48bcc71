import { AsyncLocalStorage } from 'node:async_hooks'
import { inspect } from 'node:util'
import { describeThrown } from './function-error.ts'
import type { CallEnvironment, FunctionHost, HostOutcome } from './function-host.ts'

interface RunningCall {
  readonly environment: CallEnvironment
  isOver: boolean
}

const running = new AsyncLocalStorage<RunningCall>()

/** Runs functions in this thread; each call finds its own environment by its asynchronous context. */
export const localHost: FunctionHost = {
  async run(invoke, environment): Promise<HostOutcome> {
    const call = { environment, isOver: false }
    try {
      return { ok: true, value: await running.run(call, invoke) }
    } catch (error) {
      return describeThrown(error)
    } finally {
      call.isOver = true
    }
  },
  runObject: (invoke, environment) => running.run({ environment, isOver: false }, invoke),
}

/** The environment of the function that is running here; undefined while a module is being loaded. */
export function currentEnvironment(): CallEnvironment | undefined {
  return running.getStore()?.environment
}

function callInProgress(): CallEnvironment {
  const call = running.getStore()
  if (call === undefined) throw new Error('Convex functions can use `ctx` only while they run.')
  if (call.isOver) throw new Error('A Convex function used `ctx` after it had ended; await every promise before.')
  return call.environment
}

/** `globalThis.Convex` as `convex/server` expects it. */
export const convexGlobal = {
  syscall: (operation: string, argsJson: string): string => callInProgress().syscalls.sync(operation, argsJson),
  asyncSyscall: async (operation: string, argsJson: string): Promise<string> =>
    await callInProgress().syscalls.async(operation, argsJson),
  jsSyscall: (operation: string, args: unknown): unknown => callInProgress().syscalls.object(operation, args),
}

/** A log line as Convex writes it: strings in quotes, values as Node inspects them. */
export function formatLogLine(args: readonly unknown[]): string {
  return args.map((arg) => inspect(arg, { depth: 6, breakLength: Infinity })).join(' ')
}
