import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ConvexClient } from 'convex/browser'
import { startEngine, type RunningEngine } from '../../../embedded/testing.ts'
import { engineEnvironment } from '../../../scripts/local/engine-environment.ts'
import { nodeClient } from '../../../scripts/local/node-client.ts'
import { keepPairing } from '../../../scripts/local/pairing.ts'
import { openStateFolder } from '../../../scripts/local/state-folder.ts'
import { signToken } from './sign-token.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))

/** Gloss's own functions on the engine, with as many people as a bench needs: each may start 30 answers a minute. */
export interface GlossCrowd extends AsyncDisposable {
  readonly engine: RunningEngine
  /** A client with a socket of its own, signed in as that person. */
  connect(person: string): Promise<ConvexClient>
  token(person: string): Promise<string>
}

export async function startCrowd(providerUrl: string): Promise<GlossCrowd> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-crowd-'))
  const pairing = await keepPairing(await openStateFolder(folder))
  const env = { ...engineEnvironment(pairing, {}), LOCAL_MODEL_URL: providerUrl, LOCAL_MODEL_ID: 'scripted' }
  const engine = await startEngine({ projectDir: root, env, dataDir: join(folder, 'data') })
  const clients: ConvexClient[] = []
  const token = async (person: string): Promise<string> => await signToken(pairing, person)
  return {
    engine,
    token,
    connect: async (person) => {
      const client = nodeClient(engine.url, undefined, { logger: false })
      clients.push(client)
      const signed = await token(person)
      client.setAuth(async () => await Promise.resolve(signed))
      return client
    },
    [Symbol.asyncDispose]: async () => {
      for (const client of clients) await client.close()
      await engine.kill()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
