/** Paragraphs of the page, each told from the others by its number. */
export const LONG_PAGE_PARAGRAPHS = 1250
/** Stands once, far into the page. */
export const LONG_PAGE_FACT = 'The brass lamp was sold to the keeper of the north light for 410 crowns.'
const FACT_AFTER = 1003

/** A page of more than 60,000 words. */
export function longPage(): string {
  const paragraphs: string[] = []
  for (let number = 1; number <= LONG_PAGE_PARAGRAPHS; number++) {
    if (number % 100 === 1) paragraphs.push(`<h2>Volume ${Math.ceil(number / 100)}</h2>`)
    paragraphs.push(
      `<p>Paragraph ${number}. The clerk numbered every line of the register, and after line ${number} came line ${number + 1}, so that nothing could be taken out of it without leaving a gap that anyone could see; and when the harbour was moved, the register moved with it, and every line of it was read aloud.</p>`,
    )
    if (number === FACT_AFTER) paragraphs.push(`<p>${LONG_PAGE_FACT}</p>`)
  }
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>The register</title></head><body><main><article><h1>The register</h1>\n${paragraphs.join('\n')}</article></main></body></html>`
}
