import type { Wire } from './wire.ts'

/** Milliseconds of the machine's monotonic clock: the same in every process of one machine. */
export const now = (): number => Number(process.hrtime.bigint()) / 1e6

/** One request that the scripted provider was sent, and what became of it. Times are those of `now`. */
export interface RecordedRequest {
  /** From 0, in the order they came. */
  readonly index: number
  readonly wire: Wire['name']
  readonly model: string
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: unknown
  readonly at: number
  /** When each token was written to the socket. */
  readonly tokenTimes: number[]
  /** When the whole answer had been written. */
  finishedAt?: number
  /** When the client closed the connection before that. */
  closedAt?: number
}
