import { readAuthProviders } from './auth-config.ts'
import type { ComponentSchema } from './apply-schema.ts'
import type { AuthProvider, EngineOptions } from './engine.ts'
import { readCrons, type CronDefinition } from './cron-definitions.ts'
import { FunctionRegistry } from './function-registry.ts'
import { toHttpRouter, type HttpRouter } from './http-router.ts'
import { loadComponents, type ComponentBundle } from './load-components.ts'
import { schemasOf } from './load-schemas.ts'

/** What the engine takes from a project. */
export interface Code {
  /** What actions load in threads of their own, the app first. */
  readonly bundles: readonly ComponentBundle[]
  readonly registry: FunctionRegistry
  readonly schemas: readonly ComponentSchema[]
  readonly crons: readonly CronDefinition[]
  readonly router: HttpRouter | null
  readonly providers: readonly AuthProvider[]
}

/** Bundles and loads the project as it is now. Rejects when it does not bundle, or when one of its modules throws. */
export async function loadCode(options: EngineOptions): Promise<Code> {
  const loaded = await loadComponents(options)
  const [{ modules }] = loaded
  const registry = new FunctionRegistry(loaded)
  return {
    bundles: loaded.map(({ path, httpPrefix, bundle }) => ({ path, httpPrefix, bundle })),
    registry,
    crons: readCrons(loaded, registry),
    schemas: schemasOf(loaded),
    router: toHttpRouter(loaded),
    providers: readAuthProviders(modules.get('auth.config'), options.log),
  }
}
