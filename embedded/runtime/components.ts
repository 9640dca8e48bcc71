import type { ComponentSchema } from './apply-schema.ts'
import type { Catalog, StoreCatalog } from './catalog.ts'
import { ComponentCatalog } from './component-catalog.ts'
import { componentOf } from './function-path.ts'
import type { Schema } from './schema.ts'

/** A component as it is installed, with data of its own. The app is the one whose path is empty. */
export interface Component {
  /** The names it is installed under, from the app down: `outer/inner`. */
  readonly path: string
  readonly schema: Schema
  readonly catalog: Catalog
}

/** The app and everything it has installed. */
export class Components {
  readonly #catalog: StoreCatalog
  #byPath: ReadonlyMap<string, Component>
  #app: Component

  constructor(catalog: StoreCatalog, schemas: readonly ComponentSchema[]) {
    this.#catalog = catalog
    ;[this.#byPath, this.#app] = toComponents(catalog, schemas)
  }

  /** Goes on with what is installed now. */
  exchange(schemas: readonly ComponentSchema[]): void {
    ;[this.#byPath, this.#app] = toComponents(this.#catalog, schemas)
  }

  /** The component a function belongs to; the app for a path into none, which no function has. */
  of(functionPath: string): Component {
    return this.#byPath.get(componentOf(functionPath)) ?? this.#app
  }
}

function toComponents(
  catalog: StoreCatalog,
  schemas: readonly ComponentSchema[],
): [byPath: ReadonlyMap<string, Component>, app: Component] {
  const components = schemas.map(({ path, schema }) => ({
    path,
    schema,
    catalog: new ComponentCatalog(catalog, path),
  }))
  const app = components.find(({ path }) => path === '')
  if (app === undefined) throw new TypeError('There is no app among the components')
  return [new Map(components.map((component) => [component.path, component])), app]
}
