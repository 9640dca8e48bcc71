/**
 * Whether feet are feet and inches inches in both: as quotation marks they are folded away. A number that only one
 * side has marked was followed by a quotation mark.
 */
export function sameMeasures(a: string, b: string): boolean {
  const [left, right] = [marksOf(a), marksOf(b)]
  return left.length !== right.length || left.every((mark, at) => mark === right[at])
}

function marksOf(text: string): string[] {
  return [...text.matchAll(/\d['"′″]/g)].map(([mark]) => mark.replace('′', "'").replace('″', '"'))
}
