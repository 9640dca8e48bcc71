const HUGE_BYTES = 10_000_000

/** An article of ten megabytes: numbered paragraphs, so that any part of it can be told from any other. */
export function hugeArticle(bytes = HUGE_BYTES): string {
  const paragraphs: string[] = []
  let length = 0
  for (let number = 1; length < bytes; number += 1) {
    const paragraph = `<p>Paragraph ${number}. The clerk numbered every line of the register, and after line ${number} came line ${number + 1}, so that nothing could be taken out of it without leaving a gap that anyone could see.</p>\n`
    paragraphs.push(paragraph)
    length += paragraph.length
  }
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>The long register</title></head><body><main><h1>The long register</h1>\n${paragraphs.join('')}</main></body></html>`
}
