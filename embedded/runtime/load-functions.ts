import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { isJsonObject } from '../values/json-object.ts'
import { bundleFunctions } from './bundle.ts'
import { findFunctionFiles } from './function-files.ts'
import { functionGlobals } from './function-globals.ts'

export type Modules = ReadonlyMap<string, Readonly<Record<string, unknown>>>

/**
 * Bundles the project's functions into a new folder in `cacheDir` (emptied first) and loads them. A new folder, because
 * a process keeps every module it has loaded under its path.
 */
export async function loadFunctions(options: {
  readonly projectDir: string
  readonly functionsDir?: string | undefined
  readonly cacheDir: string
  readonly env: Readonly<Record<string, string>>
}): Promise<Modules> {
  const folder = functionsFolder(options.projectDir, options.functionsDir)
  if (!existsSync(folder)) throw new Error(`There is no functions folder at ${folder}.`)
  rmSync(options.cacheDir, { recursive: true, force: true })
  const outDir = join(options.cacheDir, randomUUID())
  mkdirSync(outDir, { recursive: true, mode: 0o700 })
  const files = findFunctionFiles(folder)
  const bundled = await Promise.all(
    (['convex', 'node'] as const).map(async (runtime) => {
      const key = `convex-embedded.${randomUUID()}`
      Reflect.set(globalThis, Symbol.for(key), functionGlobals(options.env, runtime === 'node'))
      const ofRuntime = files.filter(({ isNode }) => isNode === (runtime === 'node'))
      return await bundleFunctions(ofRuntime, join(outDir, runtime), key, runtime)
    }),
  )
  const paths = bundled.flatMap((modules) => [...modules])
  return new Map(await Promise.all(paths.map(async ([module, path]) => [module, await load(path)] as const)))
}

async function load(path: string): Promise<Record<string, unknown>> {
  const exports: unknown = await import(/* @vite-ignore */ pathToFileURL(path).href)
  if (typeof exports !== 'object' || exports === null) throw new Error(`${path} is no module`)
  return { ...exports }
}

/** `functions` of `convex.json`, when the caller names no folder. */
function functionsFolder(projectDir: string, functionsDir: string | undefined): string {
  if (functionsDir !== undefined) return resolve(projectDir, functionsDir)
  const configPath = join(projectDir, 'convex.json')
  const config: unknown = existsSync(configPath) ? JSON.parse(readFileSync(configPath, 'utf8')) : null
  const configured = isJsonObject(config) ? config['functions'] : undefined
  return resolve(projectDir, typeof configured === 'string' ? configured : 'convex')
}
