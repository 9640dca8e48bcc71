import { z } from '../../protocol/quiet-zod.ts'

/** What `npm start` writes beside the manifest. It changes when the engine takes another port or pairs anew. */
const localConfig = z.object({ url: z.url(), siteUrl: z.url(), secret: z.string().min(1) })

export type LocalConfig = z.infer<typeof localConfig>

/** Reads the extension's own folder, never a cache. Undefined while nothing has started the engine. */
export async function readLocalConfig(signal: AbortSignal): Promise<LocalConfig | undefined> {
  try {
    const response = await fetch('/local.json', { cache: 'no-store', signal })
    return localConfig.safeParse(await response.json()).data
  } catch (error) {
    // A file that is not there, or half written, is the ordinary state before the engine runs.
    if (signal.aborted || !(error instanceof TypeError || error instanceof SyntaxError)) throw error
    return undefined
  }
}

export function sameConfig(a: LocalConfig, b: LocalConfig): boolean {
  return a.url === b.url && a.siteUrl === b.siteUrl && a.secret === b.secret
}
