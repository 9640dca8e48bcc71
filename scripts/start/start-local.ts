import { join } from 'node:path'
import { EXTENSION_ID } from '../../protocol/extension-id.ts'
import { buildExtension, unpackExtension } from '../local/build-extension.ts'
import { engineEnvironment } from '../local/engine-environment.ts'
import { startEngine, type EngineProcess } from '../local/engine-process.ts'
import { writeLocalJson, type LocalConfig } from '../local/local-json.ts'
import { keepPairing } from '../local/pairing.ts'
import { choosePorts } from '../local/ports.ts'
import { acquireStartLock } from '../local/start-lock.ts'
import type { StateFolder } from '../local/state-folder.ts'
import { serveSamplePage } from '../sample/sample-server.ts'
import type { Progress } from '../terminal/progress.ts'

export type LocalGloss = {
  engine: EngineProcess
  config: LocalConfig
  /** The unpacked extension, paired with the engine. */
  extension: string
  sampleUrl: string
}

/** Everything but the browser: extension, engine, sample page. What it opens, it hands to `stack` to close. */
export async function startLocal(
  root: string,
  folder: StateFolder,
  stack: AsyncDisposableStack,
  progress: Progress,
): Promise<LocalGloss> {
  const lock = stack.use(await acquireStartLock(folder))
  const extension = folder.path('extension')
  await unpackExtension(await buildExtension(root, progress), extension)
  const ports = await choosePorts(folder, progress)
  const pairing = await keepPairing(folder)
  const engine = stack.use(
    await progress.step('Starting the engine', () =>
      startEngine({
        project: root,
        data: folder.path('data'),
        port: ports.engine,
        sitePort: ports.site,
        origin: `chrome-extension://${EXTENSION_ID}`,
        environment: engineEnvironment(pairing, process.env),
      }),
    ),
  )
  await lock.nameEngine(engine.pid)
  const config = { url: engine.url, siteUrl: engine.siteUrl, secret: pairing.secret }
  await writeLocalJson(extension, config)
  const sample = stack.use(await serveSamplePage(ports.sample))
  return { engine, config, extension, sampleUrl: sample.url }
}

/** The folder that holds package.json. */
export const projectRoot = join(import.meta.dirname, '..', '..')
