import { describeThrown } from './function-error.ts'
import type { HostOutcome } from './function-host.ts'
import type { Runtime } from './runtime.ts'
import type { TransactionCall } from './transaction-call.ts'

/** A transaction of the engine's own. Rejects, with nothing written, when the work throws or the store refuses it. */
export async function systemWrite(
  runtime: Runtime,
  name: string,
  work: (running: TransactionCall) => void,
): Promise<void> {
  const { outcome } = await runtime.write(name, (running) => Promise.resolve(attempt(() => work(running))))
  if (!outcome.ok) throw new Error(outcome.errorMessage)
}

/** What a piece of work inside a transaction came to. */
export function attempt(work: () => void): HostOutcome {
  try {
    work()
    return { ok: true, value: 'null' }
  } catch (error) {
    return describeThrown(error)
  }
}
