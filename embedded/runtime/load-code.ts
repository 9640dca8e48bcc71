import { join } from 'node:path'
import { readAuthProviders } from './auth-config.ts'
import type { AuthProvider, EngineOptions } from './engine.ts'
import { readCrons, type CronDefinition } from './cron-definitions.ts'
import { FunctionRegistry } from './function-registry.ts'
import { toHttpRouter, type HttpRouter } from './http-router.ts'
import type { FunctionBundle } from './import-modules.ts'
import { loadFunctions } from './load-functions.ts'
import { readSchema } from './load-schema.ts'
import type { Schema } from './schema.ts'

/** What the engine takes from a project. */
export interface Code {
  /** What actions load in threads of their own. */
  readonly bundle: FunctionBundle
  readonly registry: FunctionRegistry
  readonly schema: Schema
  readonly crons: readonly CronDefinition[]
  readonly router: HttpRouter | null
  readonly providers: readonly AuthProvider[]
}

/** Bundles and loads the project as it is now. Rejects when it does not bundle, or when one of its modules throws. */
export async function loadCode(options: EngineOptions): Promise<Code> {
  const { modules, bundle } = await loadFunctions({ ...options, cacheDir: functionsCache(options.dataDir) })
  const registry = new FunctionRegistry(modules)
  return {
    bundle,
    registry,
    crons: readCrons(modules.get('crons'), registry),
    schema: readSchema(modules.get('schema')),
    router: toHttpRouter(modules.get('http')),
    providers: readAuthProviders(modules.get('auth.config'), options.log),
  }
}

export function functionsCache(dataDir: string): string {
  return join(dataDir, 'functions')
}
