import { now } from './recorded-request.ts'

/** A time of `now` in milliseconds since the epoch, by which a page's `performance.timeOrigin` counts. */
export function wallClock(at: number): number {
  return performance.timeOrigin + performance.now() - now() + at
}
