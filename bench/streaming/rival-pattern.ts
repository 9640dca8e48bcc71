import { rm } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { ConvexClient } from 'convex/browser'
import { makeFunctionReference } from 'convex/server'
import { startEngine } from '../../embedded/testing.ts'
import { nodeClient } from '../../scripts/local/node-client.ts'
import { fromAfar, type Pattern } from './pattern.ts'

const projectDir = fileURLToPath(new URL('rival', import.meta.url))

const send = makeFunctionReference<'mutation', { text: string }, string>('messages:send')
const get = makeFunctionReference<
  'query',
  { id: string },
  { status: string; content: string; partialContent?: string } | null
>('messages:get')

/** The pattern "patch a growing `partialContent`", on an engine of its own. */
export async function startRival(providerUrl: string, intervalMs: number): Promise<Pattern> {
  const env = { LOCAL_MODEL_URL: providerUrl, UPDATE_INTERVAL_MS: String(intervalMs) }
  const engine = await startEngine({ projectDir, env })
  const client = nodeClient(engine.url, undefined, { headers: fromAfar })
  return {
    name: `patch every ${intervalMs} ms`,
    engine,
    mutations: ['send', 'start', 'updatePartialContent', 'finish'].map((name) => `messages:${name}`),
    ask: async (onText) => await ask(client, onText),
    close: async () => {
      await client.close()
      await engine.kill()
      await rm(engine.dataDir, { recursive: true, force: true })
    },
  }
}

async function ask(client: ConvexClient, onText: (text: string) => void): Promise<string> {
  const id = await client.mutation(send, { text: 'Tell me about the tide.' })
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  const stop = client.onUpdate(
    get,
    { id },
    (message) => {
      if (!message) return
      onText(message.partialContent ?? message.content)
      if (message.status === 'complete') resolve(message.content)
    },
    reject,
  )
  try {
    return await promise
  } finally {
    stop()
  }
}
