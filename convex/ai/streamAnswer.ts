import { type Clock, systemClock } from '../run/clock.ts'
import { StallWatch } from './stallWatch.ts'
import { type Call, type CallEnd, streamOnce } from './streamOnce.ts'

/** Calls beyond the first, and only while no text has come: after that a second call could contradict the first. */
const RETRIES = 2
/** The longest wait that a provider may ask for; beyond it the person is told instead. */
const LONGEST_WAIT_MS = 20_000

/** Streams one answer, asking again where that may help. Rejects with the signal's reason when it is aborted. */
export async function streamAnswer(
  call: Omit<Call, 'watch'>,
  setWatch: (watch: StallWatch) => void,
  clock: Clock = systemClock,
): Promise<CallEnd> {
  let started = false
  const onText = (text: string): void => {
    started = true
    call.onText(text)
  }
  for (let retry = 0; ; retry++) {
    const watch = new StallWatch(call.chosen.limits, clock)
    setWatch(watch)
    const end = await streamOnce({ ...call, watch, onText })
    if (end.kind === 'complete' || started || !end.retryable || retry === RETRIES) return end
    const wait = end.retryAfterMs ?? 500 * 2 ** retry
    if (wait > LONGEST_WAIT_MS) return end
    await pause(wait, call.signal, clock)
  }
}

async function pause(ms: number, signal: AbortSignal, clock: Clock): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const cancel = clock.after(ms, resolve)
  const aborted = (): void => reject(signal.reason)
  signal.addEventListener('abort', aborted, { once: true })
  if (signal.aborted) aborted()
  try {
    await promise
  } finally {
    cancel()
    signal.removeEventListener('abort', aborted)
  }
}
