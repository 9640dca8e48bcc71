/** What a writer puts around a quote to fit it into a sentence: punctuation at its ends, an opened bracket. */
export function trimQuote(folded: string): string {
  const start = /^(?:[\s,;:!?)\]}([{]|\.(?!\d)|-\s)*/u.exec(folded)?.[0].length ?? 0
  let end = folded.length
  while (end > start && /[\s,;:.([{-]/u.test(folded.charAt(end - 1))) end--
  const inner = folded.slice(start, end)
  if (inner.endsWith(')') && !inner.includes('(')) return inner.slice(0, -1)
  return inner.endsWith(']') && !inner.includes('[') ? inner.slice(0, -1) : inner
}
