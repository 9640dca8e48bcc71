import type { Catalog, StoreCatalog, TableDefinition } from './catalog.ts'

/** The tables one component sees: its own. Everyone else's ids belong to no table here. */
export class ComponentCatalog implements Catalog {
  readonly #all: StoreCatalog
  readonly #component: string

  constructor(all: StoreCatalog, component: string) {
    this.#all = all
    this.#component = component
  }

  find(name: string): TableDefinition | undefined {
    return this.#all.find(name, this.#component)
  }

  byNumber(number: number): TableDefinition | undefined {
    const table = this.#all.byNumber(number)
    return table?.component === this.#component ? table : undefined
  }

  table(name: string): TableDefinition {
    return this.#all.table(name, this.#component)
  }
}
