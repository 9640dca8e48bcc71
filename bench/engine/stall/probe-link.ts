import { fork, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export interface ProbeTarget {
  readonly url: string
  readonly token: string
}

export type ToProbe = { readonly kind: 'take' }

export interface Waits {
  /** Round trips that have ended, and the longest and median of them in milliseconds. */
  readonly count: number
  readonly longest: number
  readonly p50: number
  /** The longest the probe's own thread was late meanwhile: no part of it is the engine's. */
  readonly ownDelay: number
}

/** A process that asks a tiny query every few milliseconds and notes how long each had to wait. */
export class Probe implements Disposable {
  readonly #child: ChildProcess

  constructor({ url, token }: ProbeTarget) {
    this.#child = fork(fileURLToPath(new URL('probe-process.ts', import.meta.url)), [url], {
      env: { ...process.env, PROBE_TOKEN: token },
    })
  }

  /** What was measured since the last time. */
  async take(): Promise<Waits> {
    const { promise, resolve, reject } = Promise.withResolvers<Waits>()
    const onExit = (): void => reject(new Error('the probe ended'))
    this.#child.once('message', resolve).once('exit', onExit)
    this.#child.send({ kind: 'take' } satisfies ToProbe)
    try {
      return await promise
    } finally {
      this.#child.off('message', resolve).off('exit', onExit)
    }
  }

  [Symbol.dispose](): void {
    this.#child.kill()
  }
}
