import type { Section } from '../pageFrame.ts'
import type { PageReading } from './coverage.ts'

/**
 * The chosen passages of a page as sections by zone, in page order, each passage exactly as the page has it. `marked`
 * puts `[P.N]` before each, by which an answer can say where a quotation stands: P numbers the page, N the passage.
 */
export function sectionsOf({ page, orders }: Pick<PageReading, 'page' | 'orders'>, marked: boolean): Section[] {
  const sections: Section[] = []
  let before: { order: number; end: number } | undefined
  for (const order of orders) {
    const passage = page.passages[order]
    if (!passage) continue
    const mark = marked ? `[${String(page.number)}.${String(order + 1)}] ` : ''
    const text = mark + page.page.text.slice(passage.start, passage.end)
    const last = sections.at(-1)
    if (last?.zone === passage.zone) {
      // What the page has between them: inside a long paragraph that is a space.
      const gap = before?.order === order - 1 ? page.page.text.slice(before.end, passage.start) : '\n\n'
      sections[sections.length - 1] = { zone: last.zone, text: last.text + gap + text }
    } else sections.push({ zone: passage.zone, text })
    before = { order, end: passage.end }
  }
  return sections
}
