/** How much two sentences say the same: shared weight over the weight of the lighter one and of both, 0 to 1. */
export function similarity(a: ReadonlySet<string>, b: ReadonlySet<string>, weightOf: (term: string) => number): number {
  let shared = 0
  let onlyA = 0
  for (const term of a) {
    if (b.has(term)) shared += weightOf(term)
    else onlyA += weightOf(term)
  }
  let onlyB = 0
  for (const term of b) if (!a.has(term)) onlyB += weightOf(term)
  if (shared === 0) return 0
  const jaccard = shared / (shared + onlyA + onlyB)
  const containment = shared / (shared + Math.min(onlyA, onlyB))
  return (jaccard + containment) / 2
}
