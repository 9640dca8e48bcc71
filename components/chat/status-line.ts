import { elapsed } from '../ui/elapsed.ts'
import type { MessageHead } from './message-head.ts'
import type { ShownStatus } from './stop-requests.ts'

interface Progress extends Pick<MessageHead, '_creationTime' | 'generation'> {
  /** Whether text has arrived: the head tells of it only at the end. */
  readonly begun: boolean
}

/** What a running reply is doing, in words. Empty once it has ended. */
export function statusLine(status: ShownStatus, { _creationTime, generation, begun }: Progress, now: number): string {
  if (status === 'stopping') return 'Stopping…'
  if (status !== 'pending' && status !== 'generating') return ''
  if (begun) return 'Answering…'
  const { progressDone = 0, progressTotal = 0, startedAt = _creationTime } = generation ?? {}
  if (progressTotal > 1 && progressDone >= progressTotal) return `Putting it together… ${elapsed(now - startedAt)}`
  const part = progressTotal > 1 ? `, part ${progressDone + 1} of ${progressTotal}` : ''
  return `Reading the page${part}… ${elapsed(now - startedAt)}`
}
