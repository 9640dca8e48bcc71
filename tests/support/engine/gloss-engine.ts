import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startEngine, type RunningEngine } from '../../../embedded/testing.ts'
import { EXTENSION_ORIGIN } from '../../../protocol/extension-id.ts'
import { engineEnvironment } from '../../../scripts/local/engine-environment.ts'
import type { LocalConfig } from '../../../scripts/local/local-json.ts'
import { keepPairing, type Pairing } from '../../../scripts/local/pairing.ts'
import { openStateFolder } from '../../../scripts/local/state-folder.ts'

const projectDir = fileURLToPath(new URL('../../..', import.meta.url))

/** What the functions see beside the pairing: models, and anything a test sets for itself. */
export interface EngineSettings {
  readonly env?: Readonly<Record<string, string>>
}

/** The engine as `npm start` runs it, with Gloss's functions, on a folder of its own. It can be killed and restarted. */
export class GlossEngine implements AsyncDisposable {
  readonly #folder: string
  readonly #pairing: Pairing
  readonly #env: Readonly<Record<string, string>>
  #running: RunningEngine

  private constructor(folder: string, pairing: Pairing, env: Readonly<Record<string, string>>, running: RunningEngine) {
    this.#folder = folder
    this.#pairing = pairing
    this.#env = env
    this.#running = running
  }

  static async start({ env = {} }: EngineSettings = {}): Promise<GlossEngine> {
    const folder = await mkdtemp(join(tmpdir(), 'gloss-engine-'))
    const pairing = await keepPairing(await openStateFolder(folder))
    const all = { ...engineEnvironment(pairing, {}), ...env }
    return new GlossEngine(folder, pairing, all, await startGloss(join(folder, 'data'), all))
  }

  /** What the panel reads to find this engine. */
  get config(): LocalConfig {
    const { url, siteUrl } = this.#running
    return { url, siteUrl, secret: this.#pairing.secret }
  }

  get dataDir(): string {
    return this.#running.dataDir
  }

  get adminKey(): string {
    return this.#running.adminKey
  }

  /** What it has written to its log. */
  log(): string {
    return this.#running.stderr()
  }

  /** Stops the process where it is (SIGSTOP) until `resume`: connections stay open and nothing is answered. */
  pause(): void {
    process.kill(this.#running.pid, 'SIGSTOP')
  }

  resume(): void {
    process.kill(this.#running.pid, 'SIGCONT')
  }

  /** SIGKILL. */
  async kill(): Promise<void> {
    await this.#running.kill()
  }

  /** Starts again on the same data and ports. Resolves at the ready line. */
  async restart(): Promise<void> {
    const { url, siteUrl, dataDir } = this.#running
    this.#running = await startGloss(dataDir, this.#env, { port: portOf(url), sitePort: portOf(siteUrl) })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#running.kill()
    await rm(this.#folder, { recursive: true, force: true })
  }
}

async function startGloss(
  dataDir: string,
  env: Readonly<Record<string, string>>,
  ports: { port?: number; sitePort?: number } = {},
): Promise<RunningEngine> {
  return await startEngine({
    projectDir,
    dataDir,
    env,
    ...ports,
    allowOrigin: EXTENSION_ORIGIN,
    requireAuth: true,
    onStart: 'generations:recover',
  })
}

function portOf(url: string): number {
  return Number(new URL(url).port)
}
