import { loadFunctions } from './load-functions.ts'
import { noSchema, parseSchema, type Schema } from './schema.ts'

/** The schema of a project, of which nothing is run. */
export async function loadSchema(options: Parameters<typeof loadFunctions>[0]): Promise<Schema> {
  const { modules } = await loadFunctions(options)
  return readSchema(modules.get('schema'))
}

/** What the module `schema` exports; without one, documents of any kind are allowed. */
export function readSchema(module: Readonly<Record<string, unknown>> | undefined): Schema {
  const definition = module?.['default']
  if (typeof definition !== 'object' || definition === null) return noSchema
  const exporter: unknown = Reflect.get(definition, 'export')
  const exported: unknown = typeof exporter === 'function' ? Reflect.apply(exporter, definition, []) : undefined
  if (typeof exported !== 'string') throw new Error('schema.ts must export a schema as default')
  return parseSchema(exported)
}
