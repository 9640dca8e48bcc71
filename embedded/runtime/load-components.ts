import { existsSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { bundleInputs } from './bundle-cache.ts'
import { installComponents, normalizePrefix } from './install-components.ts'
import { loadDefinitions } from './load-definitions.ts'
import type { FunctionBundle, Modules } from './import-modules.ts'
import { functionsFolder, loadFunctions } from './load-functions.ts'

/** What a thread needs to load a component's functions. */
export interface ComponentBundle {
  /** Empty for the app itself. */
  readonly path: string
  /** See `RoutedComponent`. */
  readonly httpPrefix: string | null
  readonly bundle: FunctionBundle
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
  /** Null when no function will run: then no variable is missing. */
  readonly env: Readonly<Record<string, string>> | null
}): Promise<[LoadedComponent, ...LoadedComponent[]]> {
  const { projectDir, dataDir } = options
  const env = options.env ?? {}
  const functionsDir = functionsFolder(projectDir, options.functionsDir)
  const configPath = findConfig(functionsDir)
  const definitions = configPath === null ? null : await loadDefinitions(configPath, definitionsCache(dataDir), env)
  const installed = definitions === null ? [] : installComponents(definitions, options.env)
  const app = loadFunctions({ projectDir, functionsDir, cacheDir: functionsCache(dataDir), env })
  const components = installed.map(async ({ path, folder, env, httpPrefix }) => {
    const cacheDir = join(componentsCache(dataDir), path.replaceAll('/', '.'))
    return { path, httpPrefix, ...(await loadFunctions({ projectDir, functionsDir: folder, cacheDir, env })) }
  })
  const appPrefix = definitions?.app.httpPrefix ?? null
  const httpPrefix = appPrefix && normalizePrefix(appPrefix)
  return [{ path: '', httpPrefix, ...(await app) }, ...(await Promise.all(components))]
}

function findConfig(functionsDir: string): string | null {
  const paths = ['ts', 'js'].map((extension) => join(functionsDir, `convex.config.${extension}`))
  return paths.find((path) => existsSync(path)) ?? null
}

/** Every file that the last bundles were made of, in no order, and some more than once. */
export function codeInputs(dataDir: string): string[] {
  const components = componentsCache(dataDir)
  const ofComponents = existsSync(components) ? readdirSync(components).map((name) => join(components, name)) : []
  return [functionsCache(dataDir), definitionsCache(dataDir), ...ofComponents].flatMap(bundleInputs)
}

/** The folders of the components that the last config led to; none when it could not be bundled. */
export function componentFolders(dataDir: string): string[] {
  const configs = bundleInputs(definitionsCache(dataDir)).filter((path) =>
    /[\\/]convex\.config\.[cm]?[jt]s$/.test(path),
  )
  return configs.map((path) => dirname(path))
}

function functionsCache(dataDir: string): string {
  return join(dataDir, 'functions')
}

function definitionsCache(dataDir: string): string {
  return join(dataDir, 'components', 'definitions')
}

function componentsCache(dataDir: string): string {
  return join(dataDir, 'components', 'functions')
}
