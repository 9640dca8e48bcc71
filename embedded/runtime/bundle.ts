import { build, stop, type BuildOptions, type BuildResult } from 'esbuild'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { FunctionFile } from './function-files.ts'

const injected = fileURLToPath(new URL('injected-globals.ts', import.meta.url))

/** Names that code also reaches through `globalThis`. */
const throughGlobalThis = [
  'Convex',
  'process',
  'fetch',
  'console',
  'Date',
  'crypto',
  'performance',
  'setTimeout',
  'setInterval',
  'WebSocket',
  'EventSource',
]

/** All that decides what comes out, besides the content of the files. Raise the number with the options below. */
export function bundleRecipe(files: readonly FunctionFile[]): string {
  return JSON.stringify([2, files.map(({ path, isNode }) => [path, isNode])])
}

/**
 * Bundles the function files, with everything they import, into `outDir`: one `.mjs` a file, shared code in chunks.
 * `globalsKey` names the registered symbol under which the injected globals are found when the bundle is loaded.
 * Gives the absolute paths of all files that were read.
 */
export async function bundleFunctions(
  files: readonly FunctionFile[],
  outDir: string,
  globalsKey: string,
  runtime: 'convex' | 'node',
): Promise<string[]> {
  if (files.length === 0) return []
  const { metafile } = await runBuild({
    ...buildOptions(globalsKey),
    entryPoints: files.map(({ module, path }) => ({ in: path, out: module })),
    outdir: outDir,
    outExtension: { '.js': '.mjs' },
    splitting: true,
    ...(runtime === 'node' ? nodeOptions : {}),
  })
  return Object.keys(metafile?.inputs ?? {}).map((path) => resolve(path))
}

/** What every bundle is made with. */
export function buildOptions(globalsKey: string): BuildOptions {
  return {
    bundle: true,
    format: 'esm',
    platform: 'browser',
    target: 'esnext',
    jsx: 'automatic',
    conditions: ['convex', 'module'],
    inject: [injected],
    define: {
      __ENGINE_GLOBALS__: JSON.stringify(globalsKey),
      'process.env.NODE_ENV': '"production"',
      ...Object.fromEntries(throughGlobalThis.map((name) => [`globalThis.${name}`, name])),
    },
    logLevel: 'silent',
    metafile: true,
  }
}

/** CommonJS packages inside an ES module bundle still call `require` for Node's own modules. */
const nodeOptions: BuildOptions = {
  platform: 'node',
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
}

let building = 0

/** esbuild works in a process of its own, which is ended when no build is left. */
export async function runBuild(options: BuildOptions): Promise<BuildResult> {
  building++
  try {
    return await build(options)
  } finally {
    building--
    if (building === 0) await stop()
  }
}
