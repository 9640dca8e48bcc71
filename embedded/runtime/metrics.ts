import { qualifiedName } from './catalog.ts'
import type { Written } from './database.ts'
import type { EngineMetrics } from './engine.ts'

export class Metrics {
  readonly #written = new Map<string, { documents: number; bytes: number }>()
  readonly #runs = new Map<string, number>()
  readonly #bytesRead = new Map<string, number>()

  wrote(changes: readonly Written[]): void {
    for (const { table, component, document } of changes) {
      if (document === null) continue
      const name = qualifiedName({ component, name: table })
      const { documents, bytes } = this.#written.get(name) ?? { documents: 0, bytes: 0 }
      this.#written.set(name, { documents: documents + 1, bytes: bytes + document.size })
    }
  }

  ran(path: string, bytesRead: number): void {
    this.#runs.set(path, (this.#runs.get(path) ?? 0) + 1)
    this.#bytesRead.set(path, (this.#bytesRead.get(path) ?? 0) + bytesRead)
  }

  toObject(): EngineMetrics {
    return {
      written: Object.fromEntries(this.#written),
      runs: Object.fromEntries(this.#runs),
      bytesRead: Object.fromEntries(this.#bytesRead),
    }
  }
}
