import type { DocumentScan, ScannedDocument } from './document-scan.ts'
import type { QueryPlan } from './query-plan.ts'
import type { Transaction } from './transaction.ts'

const defaultBatch = 32

/** Runs a plan document by document; `close` records what it read. */
export class QueryStream {
  readonly #plan: QueryPlan
  readonly #transaction: Transaction
  readonly #scan: DocumentScan
  /** How many more documents each limit lets through, by the operator's position. */
  readonly #left: number[]
  #isExhausted = false

  constructor(transaction: Transaction, plan: QueryPlan) {
    this.#transaction = transaction
    this.#plan = plan
    this.#left = plan.operators.map((operator) => (operator.kind === 'limit' ? operator.count : Infinity))
    const hasFilter = plan.operators.some(({ kind }) => kind === 'filter')
    const expected = hasFilter ? defaultBatch : Math.min(defaultBatch, ...this.#left)
    this.#scan = transaction.open(plan, expected)
  }

  /** To be awaited before the first document is asked for, unless it is undefined. */
  prepare(breathe: () => Promise<void> | undefined): Promise<void> | undefined {
    return this.#scan.prepare?.(breathe)
  }

  /** The next document that passes all operators, or null. */
  next(): ScannedDocument | null {
    for (;;) {
      const scanned = this.examine()
      if (scanned === null || scanned.isAccepted) return scanned
    }
  }

  /** The next document of the range, whether or not it passes; null at the end or when a limit is reached. */
  examine(): (ScannedDocument & { readonly isAccepted: boolean }) | null {
    if (this.#isExhausted || this.#left.some((left) => left <= 0)) return null
    const scanned = this.#scan.next()
    if (scanned === null) {
      this.#isExhausted = true
      return null
    }
    this.#transaction.usage.read(1, scanned.document.size)
    return { ...scanned, isAccepted: this.#accepts(scanned) }
  }

  get isExhausted(): boolean {
    return this.#isExhausted
  }

  close(): void {
    this.#scan.close()
  }

  #accepts({ document }: ScannedDocument): boolean {
    for (const [position, operator] of this.#plan.operators.entries()) {
      if (operator.kind === 'filter') {
        if (!operator.accepts(document.value)) return false
      } else {
        this.#left[position] = (this.#left[position] ?? 0) - 1
      }
    }
    return true
  }
}
