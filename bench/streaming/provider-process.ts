/**
 * The scripted provider as a process of its own, so that its pace is not that of the engine or the client. It is told
 * over the IPC channel what to stream, and tells when each token was written.
 */
import { streamed } from '../../tests/support/provider/answer.ts'
import { ScriptedProvider } from '../../tests/support/provider/provider.ts'
import type { FromProvider, ToProvider } from './provider-link.ts'

const provider = await ScriptedProvider.start(streamed('', 1))

function tell(message: FromProvider): void {
  process.send?.(message)
}

process.on('message', (message: ToProvider) => {
  if (message.kind === 'script') {
    provider.answerWith(streamed(message.text, message.tokensPerSecond))
    tell({ kind: 'scripted' })
  } else {
    const request = provider.requests.findLast(({ body }) => JSON.stringify(body).includes(message.asked))
    tell({ kind: 'times', tokenTimes: request?.tokenTimes ?? [] })
  }
})
process.on('disconnect', () => process.exit(0))
tell({ kind: 'ready', url: provider.openaiUrl })
