/** One measured number, and the most (or the only) value that is good. */
export interface Figure {
  readonly name: string
  readonly value: number
  /** Decimals that are printed. */
  readonly digits: number
  readonly target?: { readonly most: number } | { readonly exactly: number }
  /** The same in convex-test, where it can do it. */
  readonly rival?: string
}

/** A defect that was made on purpose, and whether the part's own check saw it. */
export interface Planted {
  readonly defect: string
  readonly caught: boolean
}

export interface PartResult {
  readonly figures: readonly Figure[]
  readonly planted: readonly Planted[]
  /** Lines for people: what lies behind the figures. */
  readonly notes: readonly string[]
}

export interface PartContext {
  /** For everything that is left to chance. */
  readonly seed: number
  /** Says how far a long part is. */
  readonly note: (line: string) => void
}

export type Part = (context: PartContext) => Promise<PartResult>

/** Whether a figure is as good as it has to be; one without a target always is. */
export function isMet({ value, target }: Figure): boolean {
  if (target === undefined) return true
  return 'most' in target ? value <= target.most : value === target.exactly
}
