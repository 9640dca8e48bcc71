/** How the ledger differs from what was acknowledged. */
export interface Judged {
  readonly lost: number
  readonly doubled: number
}

/** Acknowledged keys must be there, and no key twice; one that was still on its way may be there or not. */
export function judgeLedger(keys: readonly number[], acknowledged: ReadonlySet<number>): Judged {
  const held = new Set(keys)
  let lost = 0
  for (const key of acknowledged) if (!held.has(key)) lost += 1
  return { lost, doubled: keys.length - held.size }
}
