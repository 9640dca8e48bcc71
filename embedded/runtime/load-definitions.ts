import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { isJsonObject } from '../values/json-object.ts'
import { emptyBundleCache, findCachedBundle, rememberBundle } from './bundle-cache.ts'
import { bundleDefinitions } from './bundle-definitions.ts'
import { parseDefinition, type ComponentDefinition } from './component-definition.ts'
import { functionGlobals } from './function-globals.ts'

export interface Definitions {
  readonly app: ComponentDefinition
  /** By the folder of the config. */
  readonly components: ReadonlyMap<string, ComponentDefinition>
}

const fileName = 'definitions.mjs'

/** Bundles the app's config, unless `cacheDir` holds the same bundle already, and evaluates it. */
export async function loadDefinitions(
  configPath: string,
  cacheDir: string,
  env: Readonly<Record<string, string>>,
): Promise<Definitions> {
  const folder = findCachedBundle(cacheDir, configPath)?.folder ?? (await bundle(configPath, cacheDir))
  Reflect.set(globalThis, Symbol.for(globalsKey(folder)), functionGlobals(env, false))
  // As a module of its own for every start: its environment may be another one.
  const url = `${pathToFileURL(join(cacheDir, folder, fileName)).href}?${randomUUID()}`
  const exports: unknown = await import(/* @vite-ignore */ url)
  if (typeof exports !== 'object' || exports === null) throw new Error(`${configPath} is no module`)
  const listed: unknown = Reflect.get(exports, 'definitions')
  const components = Array.isArray(listed) ? listed.filter(isJsonObject) : []
  return {
    app: parseDefinition(Reflect.get(exports, 'app')),
    components: new Map(components.map((each) => [String(each['folder']), parseDefinition(each['definition'])])),
  }
}

/** Gives the bundle's folder inside the cache folder. */
async function bundle(configPath: string, cacheDir: string): Promise<string> {
  const folder = randomUUID()
  const outFile = join(emptyBundleCache(cacheDir, folder), fileName)
  rememberBundle(cacheDir, folder, configPath, await bundleDefinitions(configPath, outFile, globalsKey(folder)))
  return folder
}

function globalsKey(folder: string): string {
  return `convex-embedded.${folder}.definitions`
}
