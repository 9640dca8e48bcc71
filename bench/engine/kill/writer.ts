import type { Agent } from 'node:http'
import type { ConvexClient } from 'convex/browser'
import { nodeClient } from '../../../scripts/local/node-client.ts'
import { enter } from '../project-functions.ts'

const IN_FLIGHT = 8
/** Only ends a bench that hangs. */
const PATIENCE_MS = 60_000

/**
 * A client that writes all the time. It is the same one through every death of the engine, so that what was on its way
 * is sent again.
 */
export class Writer {
  /** Keys whose mutation the client was told to have succeeded. */
  readonly acknowledged = new Set<number>()
  readonly #client: ConvexClient
  readonly #writing: Promise<unknown>
  #next = 0
  #isStopped = false
  #onAcknowledged = (): void => {}
  #onFailure = (_error: unknown): void => {}

  constructor(url: string, agent: Agent) {
    this.#client = nodeClient(url, undefined, { logger: false, agent })
    this.#writing = Promise.all(Array.from({ length: IN_FLIGHT }, async () => await this.#write()))
    this.#writing.catch((error: unknown) => this.#onFailure(error))
  }

  /** Resolves with the next acknowledgement. */
  async nextAcknowledged(): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const impatience = setTimeout(() => reject(new Error('no mutation was acknowledged for a minute')), PATIENCE_MS)
    this.#onAcknowledged = resolve
    this.#onFailure = reject
    try {
      await promise
    } finally {
      clearTimeout(impatience)
    }
  }

  /** Begins no more, and waits until everything on its way has been acknowledged. Gives the number of keys. */
  async finish(): Promise<number> {
    this.#isStopped = true
    await this.#writing
    return this.#next
  }

  async close(): Promise<void> {
    this.#isStopped = true
    await this.#client.close()
  }

  async #write(): Promise<void> {
    while (!this.#isStopped) {
      const key = this.#next
      this.#next += 1
      await this.#client.mutation(enter, { key })
      this.acknowledged.add(key)
      this.#onAcknowledged()
    }
  }
}
