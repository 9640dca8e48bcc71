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
  readonly #byPath: ReadonlyMap<string, Component>
  readonly #app: Component

  constructor(catalog: StoreCatalog, schemas: Iterable<{ readonly path: string; readonly schema: Schema }>) {
    const components = Array.from(schemas, ({ path, schema }) => ({
      path,
      schema,
      catalog: new ComponentCatalog(catalog, path),
    }))
    const app = components.find(({ path }) => path === '')
    if (app === undefined) throw new TypeError('There is no app among the components')
    this.#byPath = new Map(components.map((component) => [component.path, component]))
    this.#app = app
  }

  /** The component a function belongs to; the app for a path into none, which no function has. */
  of(functionPath: string): Component {
    return this.#byPath.get(componentOf(functionPath)) ?? this.#app
  }
}
