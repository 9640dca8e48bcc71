/**
 * Divides a budget among needs so that nobody gets more than they need, and what small ones leave goes to the rest in
 * equal parts. Whole numbers, in the order of `needs`.
 */
export function fairShares(needs: readonly number[], budget: number): number[] {
  const shares = needs.map(() => 0)
  let left = Math.max(0, budget)
  const smallestFirst = [...needs.entries()].toSorted(([, a], [, b]) => a - b)
  for (const [place, [index, need]] of smallestFirst.entries()) {
    const share = Math.min(need, Math.floor(left / (needs.length - place)))
    shares[index] = share
    left -= share
  }
  return shares
}
