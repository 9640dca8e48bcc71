import { join } from 'node:path'
import { build } from 'esbuild'

/** `runRivals` as one expression that can be evaluated in a page. */
export async function rivalScript(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, 'rivals.ts')],
    absWorkingDir: join(import.meta.dirname, '..', '..'),
    bundle: true,
    minify: true,
    format: 'iife',
    globalName: 'rivals',
    platform: 'browser',
    target: 'esnext',
    write: false,
  })
  const [script] = outputFiles
  if (script === undefined) throw new Error('esbuild wrote nothing')
  return `(() => { ${script.text}; return rivals.runRivals() })()`
}
