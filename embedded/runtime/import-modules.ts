import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { functionGlobals } from './function-globals.ts'

export type Modules = ReadonlyMap<string, Readonly<Record<string, unknown>>>

/** A project's functions, bundled: what a thread needs to load them. */
export interface FunctionBundle {
  /** Where the bundle lies: a folder inside the cache folder, with one folder a runtime. */
  readonly cacheDir: string
  readonly folder: string
  readonly files: readonly { readonly module: string; readonly isNode: boolean }[]
  /** What the functions see as `process.env`. */
  readonly env: Readonly<Record<string, string>>
}

export const runtimes = ['convex', 'node'] as const

/** Loads the functions into this thread, with globals of its own. */
export async function importModules({ cacheDir, folder, files, env }: FunctionBundle): Promise<Modules> {
  for (const runtime of runtimes) {
    Reflect.set(globalThis, Symbol.for(globalsKey(folder, runtime)), functionGlobals(env, runtime === 'node'))
  }
  const modules = files.map(async ({ module, isNode }) => {
    const path = join(cacheDir, folder, isNode ? 'node' : 'convex', `${module}.mjs`)
    return [module, await load(path)] as const
  })
  return new Map(await Promise.all(modules))
}

/** Names the registered symbol under which a bundle finds its globals. */
export function globalsKey(folder: string, runtime: (typeof runtimes)[number]): string {
  return `convex-embedded.${folder}.${runtime}`
}

async function load(path: string): Promise<Record<string, unknown>> {
  const exports: unknown = await import(/* @vite-ignore */ pathToFileURL(path).href)
  if (typeof exports !== 'object' || exports === null) throw new Error(`${path} is no module`)
  return { ...exports }
}
