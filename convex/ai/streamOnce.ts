import { streamText } from 'ai'
import type { Failure } from '../../protocol/errors.ts'
import type { ReportedUsage } from '../model/usage.ts'
import type { ChosenModel } from './chooseModel.ts'
import { ModelFailure } from './modelFailure.ts'
import type { Prompt } from './prompt.ts'
import { type ProviderFailure, providerFailure } from './providerFailure.ts'
import type { StallWatch } from './stallWatch.ts'
import { usageOf } from './usageOf.ts'

type ProviderOptions = NonNullable<Parameters<typeof streamText>[0]['providerOptions']>

export interface Call {
  readonly chosen: ChosenModel
  readonly prompt: Prompt
  readonly options: ProviderOptions
  readonly watch: StallWatch
  readonly signal: AbortSignal
  readonly onText: (text: string) => void
}

/** How one call of a provider ended, when nobody aborted it. */
export type CallEnd =
  | { readonly kind: 'complete'; readonly usage?: ReportedUsage | undefined }
  | ({
      readonly kind: 'fail'
      readonly usage?: ReportedUsage | undefined
      /** It came to its length limit: all the text it could give is there. */
      readonly atLimit?: boolean
    } & ProviderFailure)

/** Asks the model once. Rejects with the signal's reason when it is aborted, and then lets the provider go. */
export async function streamOnce({ chosen, prompt, options, watch, signal, onText }: Call): Promise<CallEnd> {
  const call = new AbortController()
  let started = false
  let usage: ReportedUsage | undefined
  const fail = (failure: Failure): CallEnd & { kind: 'fail' } => ({ kind: 'fail', failure, retryable: false, usage })
  try {
    const result = streamText({
      model: chosen.model,
      instructions: prompt.instructions,
      messages: prompt.messages,
      abortSignal: call.signal,
      maxRetries: 0,
      providerOptions: options,
      // The errors arrive as parts of the stream too; the default would also print them, page text and all.
      onError: () => {},
    })
    const reader = result.stream.getReader()
    for (;;) {
      const { done, value: part } = await watch.race(reader.read(), signal)
      // A stream that just ends was cut off: a whole one says why it finished.
      if (done) return fail({ code: started ? 'interrupted' : 'provider_failed' })
      // The SDK says these two by itself, before the provider has said anything.
      if (part.type !== 'start' && part.type !== 'start-step') watch.alive()
      if (part.type === 'error') throw part.error
      else if (part.type === 'text-delta' && part.text !== '') {
        started = true
        onText(part.text)
      } else if (part.type === 'finish-step') usage = usageOf(part.usage, part.providerMetadata)
      else if (part.type === 'finish') {
        if (part.finishReason === 'content-filter') return fail({ code: 'provider_content_filter' })
        if (!started && !prompt.continued) return fail({ code: 'provider_failed', detail: 'its answer was empty' })
        if (part.finishReason === 'stop') return { kind: 'complete', usage }
        return { ...fail({ code: 'interrupted' }), atLimit: part.finishReason === 'length' }
      }
    }
  } catch (error) {
    if (signal.aborted) throw signal.reason
    const known = providerFailure(error, chosen)
    // Cut off in the middle, for whatever reason the network had: the text so far is good, and Continue goes on.
    const cutOff = known.failure.code === 'provider_unreachable' || isUnfinished(error)
    if (started && cutOff) return fail({ code: 'interrupted' })
    return { kind: 'fail', ...known, usage }
  } finally {
    call.abort()
  }
}

/** The SDK's error for a stream that closed without a reason to finish. */
function isUnfinished(error: unknown): boolean {
  return !(error instanceof ModelFailure) && error instanceof Error && /without a finish reason/.test(error.message)
}
