import type { SentContext } from '../../model/sent.ts'
import { countIn, coverageOf, servedCoverage } from './coverage.ts'
import type { Pass } from './packPasses.ts'
import type { ReadablePage } from './readablePage.ts'

/** Keeps count of what the passes of one answer have given to a model. */
export class PassCoverage {
  readonly #pages: readonly ReadablePage[]
  readonly #begun: { pass: Pass; main: number; rest: number; share: number }[] = []

  constructor(pages: readonly ReadablePage[]) {
    this.#pages = pages
  }

  /** A pass that is about to be sent, or was in an earlier attempt; `share` is the part of it the server read. */
  begin(pass: Pass, share = 1): void {
    const given = { ...pass, reading: 'passes', outline: [] } as const
    this.#begun.push({ pass, main: countIn(given, 'main'), rest: countIn(given, 'rest'), share })
  }

  /** What the server made of the pass that was begun last. */
  served(share: number): void {
    const last = this.#begun.at(-1)
    if (last) last.share = share
  }

  /** One entry for each page of which something was sent; `share` is the part of the notes that the server read. */
  sent(share = 1): SentContext[] {
    return this.#pages.flatMap((page) => {
      const begun = this.#begun.filter(({ pass }) => pass.page === page)
      if (begun.length === 0) return []
      const orders = begun.flatMap(({ pass }) => pass.orders)
      const counted = { main: 0, rest: 0 }
      let served = 0
      for (const { main, rest, share: part } of begun) {
        counted.main += main
        counted.rest += rest
        served += (main + rest) * part
      }
      const words = counted.main + counted.rest
      const coverage = coverageOf({ page, reading: 'passes', orders, outline: [] }, begun.length, counted)
      return [servedCoverage(coverage, words === 0 ? share : (share * served) / words)]
    })
  }
}
