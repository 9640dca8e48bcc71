import { Agent, type AgentOptions, type ClientRequestArgs } from 'node:http'
import { connect } from 'node:net'
import type { Duplex } from 'node:stream'

/**
 * Connects once the engine is up. The client then need not try in vain, which would have it wait twice as long each
 * time; it does not notice.
 */
export class PatientAgent extends Agent {
  readonly #up: () => Promise<unknown>

  constructor(up: () => Promise<unknown>, options: AgentOptions = {}) {
    super(options)
    this.#up = up
  }

  override createConnection(
    { host, port }: ClientRequestArgs,
    callback?: (error: Error | null, stream: Duplex) => void,
  ): undefined {
    void this.#up().then(() => callback?.(null, connect({ host: host ?? '127.0.0.1', port: Number(port) })))
  }
}
