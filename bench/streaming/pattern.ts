import type { RunningEngine } from '../../embedded/testing.ts'

/** One way to stream a reply through Convex. */
export interface Pattern {
  readonly name: string
  readonly engine: RunningEngine
  /** The paths of its mutations. */
  readonly mutations: readonly string[]
  /**
   * Asks, and follows the reply to its end as a client does.
   * @param onText called with the whole text so far, in the client's own callback
   * @returns the text of the finished message
   */
  ask(onText: (text: string) => void): Promise<string>
  close(): Promise<void>
}

/** What a proxy adds for a client of another machine: with those the engine agrees on compression. */
export const fromAfar = { 'x-forwarded-for': '192.0.2.1' }
