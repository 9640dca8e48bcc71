/**
 * Where the place `at` of a piece of Markdown stands in the text it became. They differ by escapes (`\*`), references
 * (`&amp;`) and what begins a further line (`> `).
 */
export function valueOffset(source: string, value: string, at: number): number {
  if (source.length === value.length) return Math.min(at, value.length)
  let to = 0
  for (let from = 0; from < at && to < value.length;) {
    const reference = source[from] === '&' ? /^&(?:#\w{1,8}|\w{1,40});/.exec(source.slice(from, from + 44)) : null
    if (reference && value[to] !== '&') {
      from += reference[0].length
      to += isHighSurrogate(value.charCodeAt(to)) ? 2 : 1
    } else if (reference && source.startsWith('&amp;', from)) {
      from += 5
      to += 1
    } else if (source[from] === '\\' && source[from + 1] === value[to]) {
      from += 2
      to += 1
    } else {
      if (source[from] === value[to]) to += 1
      from += 1
    }
  }
  return to
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff
}
