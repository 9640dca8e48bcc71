import { estimateTokens } from '../model/tokens.ts'
import type { ReportedUsage } from '../model/usage.ts'
import type { ChosenModel } from './chooseModel.ts'
import { cutText } from './cutText.ts'
import { ModelFailure } from './modelFailure.ts'
import { type Prompt, textsOf } from './prompt.ts'
import { servedShare } from './servedShare.ts'
import type { StallWatch } from './stallWatch.ts'
import { streamAnswer } from './streamAnswer.ts'
import type { CallEnd } from './streamOnce.ts'

interface Options {
  readonly chosen: ChosenModel
  readonly prompt: Prompt
  /** Tokens that the note may have; a longer one is cut and its model let go. */
  readonly most: number
  readonly signal: AbortSignal
  readonly setWatch: (watch: StallWatch) => void
}

export interface Note {
  readonly text: string
  readonly usage?: ReportedUsage | undefined
  /** The part of the prompt that the server read, 0 to 1. */
  readonly share: number
}

/** Nobody has seen a note that was cut off, so it can be asked for again from the start. */
const TRIES = 2

/** Asks for one note. Rejects with `ModelFailure`, or with the signal's reason when it is aborted. */
export async function takeNote(options: Options): Promise<Note> {
  for (let attempt = 1; ; attempt++) {
    const { text, end } = await askOnce(options)
    const enough = end === 'enough' || end.kind === 'complete' || end.atLimit === true
    if (enough) {
      const usage = end === 'enough' ? undefined : end.usage
      const share = options.chosen.local ? servedShare(textsOf(options.prompt), usage?.inputTokens) : 1
      return { text: text.slice(0, cutText(text, options.most)).trim(), usage, share }
    }
    if (end.failure.code !== 'interrupted' || attempt === TRIES) throw new ModelFailure(end.failure)
  }
}

async function askOnce(options: Options): Promise<{ text: string; end: CallEnd | 'enough' }> {
  const { chosen, prompt, most, signal, setWatch } = options
  const call = new AbortController()
  const abort = (): void => call.abort(signal.reason)
  signal.addEventListener('abort', abort, { once: true })
  if (signal.aborted) abort()
  let text = ''
  let tokens = 0
  const onText = (more: string): void => {
    text += more
    tokens += estimateTokens(more)
    // Estimates are high, and rounded up for every delta: twice as many are surely too many.
    if (tokens > 2 * most && estimateTokens(text) > most) call.abort()
  }
  try {
    const end = await streamAnswer({ chosen, prompt, options: {}, signal: call.signal, onText }, setWatch)
    return { text, end }
  } catch (error) {
    if (signal.aborted || !call.signal.aborted) throw error
    return { text, end: 'enough' }
  } finally {
    signal.removeEventListener('abort', abort)
  }
}
