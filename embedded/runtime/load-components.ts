import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { installComponents } from './install-components.ts'
import { loadDefinitions } from './load-definitions.ts'
import type { FunctionBundle, Modules } from './import-modules.ts'
import { functionsFolder, loadFunctions } from './load-functions.ts'

/** What a thread needs to load a component's functions. */
export interface ComponentBundle {
  /** Empty for the app itself. */
  readonly path: string
  readonly bundle: FunctionBundle
  /** What its functions see as `process.env`. */
  readonly env: Readonly<Record<string, string>>
}

export interface LoadedComponent extends ComponentBundle {
  readonly modules: Modules
}

/**
 * Loads the functions of the app, which comes first, and of every component its `convex.config.ts` installs. One that
 * is installed twice is loaded twice, each time with its own environment.
 */
export async function loadComponents(options: {
  readonly projectDir: string
  readonly functionsDir?: string | undefined
  readonly dataDir: string
  readonly env: Readonly<Record<string, string>>
}): Promise<[LoadedComponent, ...LoadedComponent[]]> {
  const { projectDir, dataDir, env } = options
  const functionsDir = functionsFolder(projectDir, options.functionsDir)
  const configPath = findConfig(functionsDir)
  const definitionsDir = join(dataDir, 'components', 'definitions')
  const installed =
    configPath === null ? [] : installComponents(await loadDefinitions(configPath, definitionsDir, env), env)
  const app = loadFunctions({ projectDir, functionsDir, cacheDir: join(dataDir, 'functions'), env })
  const components = installed.map(async ({ path, folder, env }) => {
    const cacheDir = join(dataDir, 'components', 'functions', path.replaceAll('/', '.'))
    return { path, env, ...(await loadFunctions({ projectDir, functionsDir: folder, cacheDir, env })) }
  })
  return [{ path: '', env, ...(await app) }, ...(await Promise.all(components))]
}

function findConfig(functionsDir: string): string | null {
  const paths = ['ts', 'js'].map((extension) => join(functionsDir, `convex.config.${extension}`))
  return paths.find((path) => existsSync(path)) ?? null
}
