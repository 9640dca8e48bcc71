import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ConvexClient } from 'convex/browser'
import { ChunkReader, type WindowSource } from '../../components/chat/chunk-reader.ts'
import { nothingHeld, type Chunk } from '../../components/chat/reply-text.ts'
import { api } from '../../convex/_generated/api.js'
import type { Id } from '../../convex/_generated/dataModel.js'
import { startEngine } from '../../embedded/testing.ts'
import { EXTENSION_ORIGIN } from '../../protocol/extension-id.ts'
import { engineEnvironment } from '../../scripts/local/engine-environment.ts'
import { keepPairing } from '../../scripts/local/pairing.ts'
import { openStateFolder } from '../../scripts/local/state-folder.ts'
import { connectBackend } from '../../scripts/start/connect-backend.ts'
import type { Pattern } from './pattern.ts'

const projectDir = fileURLToPath(new URL('../..', import.meta.url))

/** What stands between the windows and the reader: nothing, or the planted defect. */
export type Tamper = (rows: readonly Chunk[]) => readonly Chunk[]

export interface GlossPattern extends Pattern {
  tamperWith(tamper: Tamper): void
}

/** Gloss as it runs: its own functions, asked by `messages.send`, read by the panel's own reader. */
export async function startGloss(providerUrl: string): Promise<GlossPattern> {
  const folder = await mkdtemp(join(tmpdir(), 'gloss-bench-'))
  const pairing = await keepPairing(await openStateFolder(folder))
  const env = { ...engineEnvironment(pairing, {}), LOCAL_MODEL_URL: providerUrl, LOCAL_MODEL_ID: 'scripted' }
  const engine = await startEngine({ projectDir, env, dataDir: join(folder, 'data') })
  const client = connectBackend({ url: engine.url, siteUrl: engine.siteUrl, secret: pairing.secret }, EXTENSION_ORIGIN)
  let tamper: Tamper = (rows) => rows
  return {
    name: 'Gloss: chunk rows',
    engine,
    mutations: [
      'messages:send',
      ...['start', 'append', 'heartbeat', 'finish', 'watchdog'].map((name) => `generations:${name}`),
    ],
    tamperWith: (next) => {
      tamper = next
    },
    ask: async (onText) => await ask(client, onText, (rows) => tamper(rows)),
    close: async () => {
      await client.close()
      await engine.kill()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function ask(client: ConvexClient, onText: (text: string) => void, tamper: Tamper): Promise<string> {
  const { conversationId, assistantMessageId } = await client.mutation(api.messages.send, {
    clientMessageId: randomUUID(),
    text: 'Tell me about the tide.',
    task: 'ask',
    contexts: [],
  })
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  let following = ''
  let stopReading = (): void => {}
  const stopList = client.onUpdate(
    api.messages.list,
    { conversationId },
    (heads) => {
      const head = heads.find(({ _id }) => _id === assistantMessageId)
      if (!head?.generation) return
      if (head.status === 'pending' || head.status === 'generating') {
        const { _id, attempt, fromSeq } = head.generation
        if (following === `${_id} ${attempt}`) return
        following = `${_id} ${attempt}`
        stopReading()
        const reader = new ChunkReader(windows(client, _id, attempt, tamper), nothingHeld(fromSeq))
        stopReading = reader.subscribe(() => onText(head.content + reader.held().text))
      } else if (head.status === 'complete') {
        onText(head.content)
        resolve(head.content)
      } else reject(new Error(`the reply ended as ${head.status}: ${head.error?.code ?? ''}`))
    },
    reject,
  )
  try {
    return await promise
  } finally {
    stopReading()
    stopList()
  }
}

function windows(client: ConvexClient, generationId: Id<'generations'>, attempt: number, tamper: Tamper): WindowSource {
  const args = (from: number) => ({ generationId, attempt, from })
  return {
    read: async (from) => tamper(await client.query(api.chunks.window, args(from))),
    follow: (from, onRows) => client.onUpdate(api.chunks.window, args(from), (rows) => onRows(tamper(rows))),
  }
}
