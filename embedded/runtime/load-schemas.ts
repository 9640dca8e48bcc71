import type { ComponentSchema } from './apply-schema.ts'
import { loadComponents, type LoadedComponent } from './load-components.ts'
import { noSchema, parseSchema, type Schema } from './schema.ts'

/** The schemas of a project and its components, of which nothing is run: they need no environment. */
export async function loadSchemas(
  options: Omit<Parameters<typeof loadComponents>[0], 'env'>,
): Promise<ComponentSchema[]> {
  return schemasOf(await loadComponents({ ...options, env: null }))
}

export function schemasOf(components: readonly LoadedComponent[]): ComponentSchema[] {
  return components.map(({ path, modules }) => ({ path, schema: readSchema(modules.get('schema')) }))
}

/** What the module `schema` exports; without one, documents of any kind are allowed. */
function readSchema(module: Readonly<Record<string, unknown>> | undefined): Schema {
  const definition = module?.['default']
  if (typeof definition !== 'object' || definition === null) return noSchema
  const exporter: unknown = Reflect.get(definition, 'export')
  const exported: unknown = typeof exporter === 'function' ? Reflect.apply(exporter, definition, []) : undefined
  if (typeof exported !== 'string') throw new Error('schema.ts must export a schema as default')
  return parseSchema(exported)
}
