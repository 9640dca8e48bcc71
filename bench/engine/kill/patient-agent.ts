import { Agent, type ClientRequestArgs } from 'node:http'
import { connect } from 'node:net'
import type { Duplex } from 'node:stream'

type Connected = (error: Error | null, stream: Duplex) => void

/**
 * Connects once the engine is up. The client then need not try in vain, which would have it wait twice as long each
 * time; it does not notice.
 */
export class PatientAgent extends Agent {
  readonly #up: () => Promise<unknown>

  constructor(up: () => Promise<unknown>) {
    super()
    this.#up = up
  }

  override createConnection(target: ClientRequestArgs, onConnected?: Connected): undefined {
    void this.#connect(target, onConnected)
  }

  async #connect({ host, port }: ClientRequestArgs, onConnected: Connected | undefined): Promise<void> {
    await this.#up()
    onConnected?.(null, connect({ host: host ?? '127.0.0.1', port: Number(port) }))
  }
}
