import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { build, type Message, type Plugin } from 'esbuild'
import { findEntryPoints, isDeployablePath, type EntryPoint } from './convex-entry-points.ts'

export type ConvexBundle = {
  /** Output path to source, of what runs in Convex's own runtime. */
  modules: Map<string, string>
  entryPoints: EntryPoint[]
  bytes: number
}

/**
 * Bundles a functions folder with the options of `convex deploy` (convex/src/bundler/debugBundle.ts). A file without
 * "use node" that reaches a Node built-in cannot be resolved for the browser, and fails here as it would there.
 * @throws Error with one line per problem
 */
export async function bundleConvex(folder: string): Promise<ConvexBundle> {
  const entryPoints = await findEntryPoints(folder)
  const refused = entryPoints.filter(({ path }) => !isDeployablePath(path))
  if (refused.length > 0) {
    throw new Error(
      refused.map(({ path }) => `${path}: Convex takes letters, digits and _ in a path, nothing else`).join('\n'),
    )
  }
  const ofRuntime = (runtime: EntryPoint['runtime']) =>
    entryPoints.filter((entry) => entry.runtime === runtime).map(({ path }) => path)
  const modules = await bundleFor('browser', folder, [...ofRuntime('convex'), ...(await alsoPushed(folder))])
  await bundleFor('node', folder, ofRuntime('node'))
  const bytes = [...modules.values()].reduce((sum, source) => sum + Buffer.byteLength(source), 0)
  return { modules, entryPoints, bytes }
}

/** Pushed apart from the modules, for the same runtime. */
async function alsoPushed(folder: string): Promise<string[]> {
  const names = await readdir(folder)
  return ['schema.ts', 'auth.config.ts'].filter((name) => names.includes(name))
}

async function bundleFor(platform: 'browser' | 'node', folder: string, paths: string[]): Promise<Map<string, string>> {
  if (paths.length === 0) return new Map()
  const result = await build({
    absWorkingDir: folder,
    entryPoints: paths,
    bundle: true,
    platform,
    format: 'esm',
    target: 'esnext',
    jsx: 'automatic',
    outdir: 'out',
    outbase: folder,
    conditions: ['convex', 'module'],
    splitting: true,
    chunkNames: '_deps/[hash]',
    treeShaking: true,
    minifySyntax: true,
    minifyIdentifiers: true,
    keepNames: true,
    define: { 'process.env.NODE_ENV': '"production"' },
    plugins: platform === 'browser' ? [asyncHooks] : [],
    write: false,
    logLevel: 'silent',
  }).catch((cause: unknown) => {
    throw hasErrors(cause) ? new Error(cause.errors.map(describeMessage).join('\n')) : cause
  })
  return new Map(result.outputFiles.map(({ path, text }) => [path.slice(join(folder, 'out').length + 1), text]))
}

/** Convex offers AsyncLocalStorage as a global and maps the import to it. */
const asyncHooks: Plugin = {
  name: 'async-hooks',
  setup(builder) {
    builder.onResolve({ filter: /^(node:)?async_hooks$/ }, ({ path }) => ({ path, namespace: 'async-hooks' }))
    builder.onLoad({ filter: /.*/, namespace: 'async-hooks' }, () => ({
      contents: 'export const { AsyncLocalStorage, AsyncResource } = globalThis',
      loader: 'js',
    }))
  },
}

function hasErrors(cause: unknown): cause is { errors: Message[] } {
  return typeof cause === 'object' && cause !== null && 'errors' in cause && Array.isArray(cause.errors)
}

function describeMessage({ text, location }: Message): string {
  const where = location ? `${location.file}:${location.line}: ` : ''
  const built = /^Could not resolve "(node:)?[\w/]+"$/.test(text) ? ' (a Node built-in needs a "use node" file)' : ''
  return `${where}${text}${built}`
}
