import { randomUUID } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { isJsonObject } from '../values/json-object.ts'
import { bundleFunctions, bundleRecipe } from './bundle.ts'
import { emptyBundleCache, findCachedBundle, rememberBundle } from './bundle-cache.ts'
import { findFunctionFiles, type FunctionFile } from './function-files.ts'
import { globalsKey, importModules, runtimes, type FunctionBundle, type Modules } from './import-modules.ts'

/** A process keeps every module it has loaded under its path: a bundle can be loaded once. */
const loadedFolders = new Set<string>()

/** Bundles the project's functions, unless `cacheDir` holds the same bundle already, and loads them into this thread. */
export async function loadFunctions(options: {
  readonly projectDir: string
  readonly functionsDir?: string | undefined
  readonly cacheDir: string
  readonly env: Readonly<Record<string, string>>
}): Promise<{ readonly modules: Modules; readonly bundle: FunctionBundle }> {
  const functionsDir = functionsFolder(options.projectDir, options.functionsDir)
  if (!existsSync(functionsDir)) throw new Error(`There is no functions folder at ${functionsDir}.`)
  const files = findFunctionFiles(functionsDir)
  const folder = await bundleInto(options.cacheDir, files)
  loadedFolders.add(folder)
  const bundle = {
    cacheDir: options.cacheDir,
    folder,
    files: files.map(({ module, isNode }) => ({ module, isNode })),
    env: options.env,
  }
  return { modules: await importModules(bundle), bundle }
}

/** Gives the bundle's folder inside the cache folder. */
async function bundleInto(cacheDir: string, files: readonly FunctionFile[]): Promise<string> {
  const recipe = bundleRecipe(files)
  const cached = findCachedBundle(cacheDir, recipe)
  if (cached !== null && !loadedFolders.has(cached.folder)) return cached.folder
  const folder = randomUUID()
  // Actions that are running may load more of theirs.
  const outDir = emptyBundleCache(cacheDir, folder, loadedFolders)
  const inputs = await Promise.all(
    runtimes.map(async (runtime) => {
      const ofRuntime = files.filter(({ isNode }) => isNode === (runtime === 'node'))
      return await bundleFunctions(ofRuntime, join(outDir, runtime), globalsKey(folder, runtime), runtime)
    }),
  )
  rememberBundle(cacheDir, folder, recipe, inputs.flat())
  return folder
}

/** `functions` of `convex.json`, when the caller names no folder. */
export function functionsFolder(projectDir: string, functionsDir: string | undefined): string {
  if (functionsDir !== undefined) return resolve(projectDir, functionsDir)
  const configPath = join(projectDir, 'convex.json')
  const config: unknown = existsSync(configPath) ? JSON.parse(readFileSync(configPath, 'utf8')) : null
  const configured = isJsonObject(config) ? config['functions'] : undefined
  return resolve(projectDir, typeof configured === 'string' ? configured : 'convex')
}
