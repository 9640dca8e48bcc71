import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isJsonObject, type JsonObject } from '../values/json-object.ts'

/** What was bundled: enough to tell whether it would come out the same today. */
export interface BundleManifest {
  /** Where the bundle lies, inside the cache folder. */
  readonly folder: string
  /** What else went into it, as one text: the function files, the injected globals. */
  readonly recipe: string
  /** Every file that was read, with its size and the time of its last change. */
  readonly inputs: Readonly<Record<string, string>>
}

const manifestName = 'bundle.json'

/** The bundle of the last start, when nothing that went into it has changed since. */
export function findCachedBundle(cacheDir: string, recipe: string): BundleManifest | null {
  const manifest = readManifest(join(cacheDir, manifestName))
  if (manifest === null || manifest.recipe !== recipe) return null
  return Object.entries(manifest.inputs).every(([path, stamp]) => stampOf(path) === stamp) ? manifest : null
}

/** The files that the last bundle was made of; none when it could not be made. */
export function bundleInputs(cacheDir: string): string[] {
  return Object.keys(readManifest(join(cacheDir, manifestName))?.inputs ?? {})
}

/** Removes what earlier starts left, except the folders in use, and makes the folder for a new bundle. */
export function emptyBundleCache(cacheDir: string, folder: string, inUse: ReadonlySet<string> = new Set()): string {
  mkdirSync(cacheDir, { recursive: true, mode: 0o700 })
  const old = readdirSync(cacheDir).filter((name) => !inUse.has(name))
  for (const name of old) rmSync(join(cacheDir, name), { recursive: true, force: true })
  const path = join(cacheDir, folder)
  mkdirSync(path, { mode: 0o700 })
  return path
}

export function rememberBundle(cacheDir: string, folder: string, recipe: string, inputs: readonly string[]): void {
  const stamps = Object.fromEntries(inputs.map((path) => [path, stampOf(path)]))
  writeFileSync(join(cacheDir, manifestName), JSON.stringify({ folder, recipe, inputs: stamps }), { mode: 0o600 })
}

function stampOf(path: string): string {
  const stats = statSync(path, { throwIfNoEntry: false })
  return stats === undefined ? 'missing' : `${stats.size} ${stats.ctimeMs}`
}

function readManifest(path: string): BundleManifest | null {
  if (statSync(path, { throwIfNoEntry: false }) === undefined) return null
  const manifest = parse(readFileSync(path, 'utf8'))
  if (manifest === null) return null
  const { folder, recipe, inputs } = manifest
  if (typeof folder !== 'string' || typeof recipe !== 'string' || !isJsonObject(inputs)) return null
  return {
    folder,
    recipe,
    inputs: Object.fromEntries(Object.entries(inputs).map(([file, stamp]) => [file, String(stamp)])),
  }
}

/** Null for a file that a killed process left half written: then the functions are bundled again. */
function parse(text: string): JsonObject | null {
  try {
    const json: unknown = JSON.parse(text)
    return isJsonObject(json) ? json : null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}
