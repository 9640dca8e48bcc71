import { availableParallelism } from 'node:os'
import type { Failure } from '../function-error.ts'
import type { ActionHost, CallEnvironment, HostOutcome, HttpOutcome } from '../function-host.ts'
import type { FunctionDefinition } from '../function-registry.ts'
import type { ComponentBundle } from '../load-components.ts'
import { toResponse } from './http-message.ts'
import { WorkerThread, type WorkerOptions } from './worker-thread.ts'

/** A second thread even on one core: an action that computes must not hold those that wait for a network. */
const mostThreads = Math.min(4, Math.max(2, availableParallelism() - 1))

/**
 * Runs actions in threads of their own, many in each: they mostly wait. One thread is started with the engine, others
 * when all have work. An action goes to the thread with the least work, last to one that is computing.
 */
export class WorkerHost implements ActionHost {
  #options: WorkerOptions
  readonly #threads = new Set<WorkerThread>()
  #isClosed = false

  constructor(options: WorkerOptions) {
    this.#options = options
    this.#start()
  }

  async run(definition: FunctionDefinition, argsJson: string, environment: CallEnvironment): Promise<HostOutcome> {
    if (this.#isClosed) return closed
    const outcome = await this.#pick().run(definition.path, argsJson, environment)
    if ('response' in outcome) throw new TypeError(`${definition.path} gave a response`)
    return outcome
  }

  async runHttp(request: Request, environment: CallEnvironment): Promise<HttpOutcome> {
    if (this.#isClosed) return closed
    const outcome = await this.#pick().runHttp(request, environment)
    if ('value' in outcome) throw new TypeError('An HTTP action gave no response')
    return outcome.ok ? { ok: true, value: toResponse(outcome.response) } : outcome
  }

  exchange(components: readonly ComponentBundle[]): void {
    this.#options = { ...this.#options, components }
    for (const thread of this.#threads) thread.retire()
    this.#start()
  }

  async close(): Promise<void> {
    this.#isClosed = true
    await Promise.all([...this.#threads].map((thread) => thread.end('the engine was closed')))
  }

  #pick(): WorkerThread {
    const usable = [...this.#threads].filter(({ isEnding }) => !isEnding)
    const [best] = usable.toSorted((left, right) => rank(left) - rank(right) || left.load - right.load)
    if (best === undefined) return this.#start()
    if (best.load === 0 || usable.length >= mostThreads) return best
    const added = this.#start()
    return best.isBusy ? added : best
  }

  #start(): WorkerThread {
    const thread = new WorkerThread(this.#options)
    this.#threads.add(thread)
    void this.#follow(thread)
    return thread
  }

  async #follow(thread: WorkerThread): Promise<void> {
    const reason = await thread.gone
    this.#threads.delete(thread)
    if (this.#isClosed || thread.isRetired) return
    this.#options.log(`Actions: ${reason}`)
    // One that could not even load the functions is tried again with the next action.
    if (thread.isReady && this.#threads.size === 0) this.#start()
  }
}

const closed: Failure = { ok: false, errorMessage: 'The engine is closed.' }

function rank(thread: WorkerThread): number {
  if (thread.isBusy) return 2
  return thread.isReady ? 0 : 1
}
