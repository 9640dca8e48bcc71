/**
 * The part of a copied page that its author marks as the content: `main`, the only article, else the body. Used where
 * the extractors find nothing or would take too long. What surrounds content by its name is taken out of the copy.
 */
export function landmarkRoot(copy: Document): Element | null {
  const body = copy.querySelector('body')
  const marked = copy.querySelector('main, [role="main"]') ?? onlyArticle(copy)
  const root = marked !== null && hasText(marked) ? marked : (body ?? copy.documentElement)
  if (root === null) return null
  const surroundings = root === marked ? withinContent : aroundContent
  const kept = root.cloneNode(true)
  if (!(kept instanceof Element)) return null
  for (const element of kept.querySelectorAll(surroundings)) element.remove()
  return hasText(kept) ? kept : root
}

const withinContent = 'nav, aside, button, [role="navigation"], [role="complementary"], [role="search"]'
const aroundContent = `${withinContent}, body > header, body > footer, [role="banner"], [role="contentinfo"]`

function onlyArticle(copy: Document): Element | null {
  const articles = copy.querySelectorAll('article')
  return articles.length === 1 ? (articles[0] ?? null) : null
}

function hasText(element: Element): boolean {
  return /\S/.test(element.textContent)
}
