import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startEngine } from '../../embedded/testing.ts'
import { EXTENSION_ORIGIN } from '../../protocol/extension-id.ts'
import { engineEnvironment } from '../../scripts/local/engine-environment.ts'
import { keepPairing } from '../../scripts/local/pairing.ts'
import { openStateFolder } from '../../scripts/local/state-folder.ts'
import { connectBackend } from '../../scripts/start/connect-backend.ts'
import { askGloss, type Tamper } from './ask-gloss.ts'
import { fromAfar, type Pattern } from './pattern.ts'

const projectDir = fileURLToPath(new URL('../..', import.meta.url))

export interface GlossPattern extends Pattern {
  tamperWith(tamper: Tamper): void
}

/** Gloss as it runs: its own functions, asked by `messages.send`, read by the panel's own reader. */
export async function startGloss(providerUrl: string): Promise<GlossPattern> {
  const folder = await mkdtemp(join(tmpdir(), 'gloss-bench-'))
  const pairing = await keepPairing(await openStateFolder(folder))
  const env = { ...engineEnvironment(pairing, {}), LOCAL_MODEL_URL: providerUrl, LOCAL_MODEL_ID: 'scripted' }
  const engine = await startEngine({ projectDir, env, dataDir: join(folder, 'data') })
  const client = connectBackend(
    { url: engine.url, siteUrl: engine.siteUrl, secret: pairing.secret },
    EXTENSION_ORIGIN,
    fromAfar,
  )
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
    ask: async (onText) => await askGloss(client, { text: 'Tell me about the tide.' }, onText, (rows) => tamper(rows)),
    close: async () => {
      await client.close()
      await engine.kill()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
