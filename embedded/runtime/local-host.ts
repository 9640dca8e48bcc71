import { AsyncLocalStorage } from 'node:async_hooks'
import { inspect } from 'node:util'
import { describeThrown } from './function-error.ts'
import type { CallEnvironment, FunctionHost, HostOutcome, Syscalls } from './function-host.ts'

const running = new AsyncLocalStorage<CallEnvironment>()

/** Runs functions in this thread; each call finds its own environment by its asynchronous context. */
export const localHost: FunctionHost = {
  async run({ invoke }, argsJson, environment): Promise<HostOutcome> {
    try {
      return { ok: true, value: await runInEnvironment(environment, () => invoke(argsJson)) }
    } catch (error) {
      return describeThrown(error)
    }
  },
}

/** For a function whose result is an object; throws what it throws. */
export async function runInEnvironment<Result>(
  environment: CallEnvironment,
  invoke: () => Promise<Result>,
): Promise<Result> {
  return await running.run(environment, invoke)
}

/** The environment of the function that is running here; undefined while a module is being loaded. */
export function currentEnvironment(): CallEnvironment | undefined {
  return running.getStore()
}

function syscalls(): Syscalls {
  const environment = running.getStore()
  if (environment === undefined) throw new Error('Convex functions can use `ctx` only while they run.')
  return environment.syscalls
}

/** `globalThis.Convex` as `convex/server` expects it. */
export const convexGlobal = {
  syscall: (operation: string, argsJson: string): string => syscalls().sync(operation, argsJson),
  asyncSyscall: async (operation: string, argsJson: string): Promise<string> =>
    await syscalls().async(operation, argsJson),
  jsSyscall: (operation: string, args: unknown): unknown => syscalls().object(operation, args),
}

/** A log line as Convex writes it: strings in quotes, values as Node inspects them. */
export function formatLogLine(args: readonly unknown[]): string {
  return args.map((arg) => inspect(arg, { depth: 6, breakLength: Infinity })).join(' ')
}
