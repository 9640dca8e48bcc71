/**
 * How well a word of the page answers to a word of the question: 1 for the same, less for another form of it. Words that
 * begin alike are taken for forms of one word, in any language that inflects at the end: `key` and `keys`, not `car` and
 * `carpet`.
 */
export function matchTerm(asked: string, found: string): number {
  if (asked === found) return 1
  const shorter = Math.min(asked.length, found.length)
  let common = 0
  while (common < shorter && asked.charCodeAt(common) === found.charCodeAt(common)) common++
  const longer = Math.max(asked.length, found.length)
  if (shorter === 3 && common === 3 && longer <= 5) return 0.8
  return common >= 4 && common / longer >= 0.7 ? 0.8 : 0
}
