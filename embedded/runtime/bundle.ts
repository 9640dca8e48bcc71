import { build, stop, type BuildOptions } from 'esbuild'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { FunctionFile } from './function-files.ts'

const injected = fileURLToPath(new URL('injected-globals.ts', import.meta.url))

/** Names that code also reaches through `globalThis`. */
const throughGlobalThis = ['Convex', 'process', 'fetch', 'console', 'Date', 'setTimeout', 'setInterval']

/**
 * Bundles the function files, with everything they import, into `outDir`: one `.mjs` a file, shared code in chunks.
 * `globalsKey` names the registered symbol under which the injected globals are found when the bundle is loaded.
 */
export async function bundleFunctions(
  files: readonly FunctionFile[],
  outDir: string,
  globalsKey: string,
  runtime: 'convex' | 'node',
): Promise<ReadonlyMap<string, string>> {
  if (files.length === 0) return new Map()
  const options: BuildOptions = {
    entryPoints: files.map(({ module, path }) => ({ in: path, out: module })),
    outdir: outDir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    format: 'esm',
    splitting: true,
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
    ...(runtime === 'node' ? nodeOptions : { platform: 'browser' }),
  }
  await buildOnce(options)
  return new Map(files.map(({ module }) => [module, join(outDir, `${module}.mjs`)]))
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
async function buildOnce(options: BuildOptions): Promise<void> {
  building++
  try {
    await build(options)
  } finally {
    building--
    if (building === 0) await stop()
  }
}
