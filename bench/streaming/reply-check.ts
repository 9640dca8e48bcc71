/** The first offset at which `shown` is not what the script says, or its length when it is a true beginning. */
function commonLength(script: string, shown: string): number {
  const end = Math.min(script.length, shown.length)
  let at = 0
  while (at < end && script.charCodeAt(at) === shown.charCodeAt(at)) at += 1
  return at
}

/** Characters of the script that are absent from or altered in the finished text, and characters it has too many. */
export function lostInFinal(script: string, final: string): number {
  const common = commonLength(script, final)
  return Math.max(script.length, final.length) - common
}

/** Characters of something shown on the way that the script does not have at that place. */
export function lostInPrefix(script: string, shown: string): number {
  return shown.length - commonLength(script, shown)
}
