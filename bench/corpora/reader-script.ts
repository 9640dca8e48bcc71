import { join } from 'node:path'
import { build } from 'esbuild'

/** `readTabInFront` as one expression that can be evaluated in a page of the extension. */
export async function readerScript(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, 'read-in-panel.ts')],
    absWorkingDir: join(import.meta.dirname, '..', '..'),
    bundle: true,
    format: 'iife',
    globalName: 'reader',
    platform: 'browser',
    target: 'esnext',
    // The worker that parses PDFs has its place in a whole build only: here a PDF ends with a reason.
    logLevel: 'error',
    write: false,
  })
  const [script] = outputFiles
  if (script === undefined) throw new Error('esbuild wrote nothing')
  return `(() => { ${script.text}; return reader.readTabInFront() })()`
}
