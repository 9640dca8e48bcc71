/** What a bench measured. Names are fixed by the issue that asked for it. */
export type Figures = Readonly<Record<string, number>>

export interface BenchResult {
  readonly figures: Figures
  /** False when the bench could not trust itself: a planted defect that its check did not see. */
  readonly ok: boolean
}

/** Prints its table for people and returns its figures. */
export interface Bench {
  run(options: readonly string[]): Promise<BenchResult>
}
