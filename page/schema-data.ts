import { scriptTextsOf } from './dom-access.ts'

/** Characters of a page's JSON-LD in all: more than any page needs to say what it is. */
const limit = 500_000

/** The page's own JSON-LD, as written. It is not shown to anyone: it may guide what is read, and is never read itself. */
export function schemaData(page: Document): readonly string[] {
  const texts: string[] = []
  let length = 0
  for (const text of scriptTextsOf(page, 'application/ld+json')) {
    length += text.length
    if (length > limit) break
    texts.push(text)
  }
  return texts
}

/** The schema.org types named anywhere in it. */
export function schemaTypes(schema: readonly string[]): ReadonlySet<string> {
  return new Set(schema.flatMap((text) => [...text.matchAll(/"@type"\s*:\s*"(\w+)"/g)].map(([, type = '']) => type)))
}
