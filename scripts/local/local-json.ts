import { join } from 'node:path'
import { writePrivateFile } from './state-folder.ts'

/** What the panel reads from its own origin on every connect: where the engine is, and the secret that signs it in. */
export type LocalConfig = { url: string; siteUrl: string; secret: string }

/** Only once the engine answers: a panel that finds this file may connect. */
export async function writeLocalJson(extension: string, config: LocalConfig): Promise<void> {
  await writePrivateFile(join(extension, 'local.json'), JSON.stringify(config))
}
