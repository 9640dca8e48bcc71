import { cleanText } from '../../../page/clean-text.ts'
import type { LabelledBlock } from '../../../page/join-blocks.ts'
import { Paragraph } from './paragraph.ts'
import { withoutRunningLines } from './running-lines.ts'
import type { TextLine } from './text-lines.ts'
import { typicalSetting } from './typical-setting.ts'
import type { TypicalSetting } from './typical-setting.ts'
import { WordsOfDocument } from './words-of-document.ts'

type Piece = { readonly page: number } | { readonly paragraph: Paragraph }

/**
 * A PDF's text as Markdown, page by page. The mark of a page (`## Page 3`) stands before the first paragraph that
 * *begins* on it: a sentence that runs over a page's end is in one piece, so that a quote across it can be found.
 * What runs at the head or foot of every page comes once, at the end, as `rest`.
 */
export function documentBlocks(pages: readonly (readonly TextLine[])[]): LabelledBlock[] {
  const { pages: kept, running } = withoutRunningLines(pages)
  const typical = typicalSetting(kept)
  const words = new WordsOfDocument()
  for (const { text } of kept.flat()) words.add(text)

  const blocks = pieces(kept, typical).map((piece): LabelledBlock => {
    if ('page' in piece) return { kind: 'heading', zone: 'main', text: `## Page ${piece.page}` }
    return { ...paragraphBlock(piece.paragraph, typical, words), zone: 'main' }
  })
  const rest = running.map((text): LabelledBlock => ({ kind: 'paragraph', zone: 'rest', text: cleanText(text) }))
  return [...blocks, ...rest].filter(({ text }) => text !== '')
}

function pieces(pages: readonly (readonly TextLine[])[], typical: TypicalSetting): Piece[] {
  const found: Piece[] = []
  /** The paragraph that may go on in the next column or page: no more than notes came after it. */
  let open: Paragraph | undefined
  for (const [at, lines] of pages.entries()) {
    const [first, ...others] = paragraphsOf(lines, typical)
    const goesOn = first !== undefined && open?.continuesIn(first) === true
    if (goesOn) open?.add(first.lines)
    else open = undefined
    found.push({ page: at + 1 })
    for (const paragraph of goesOn || first === undefined ? others : [first, ...others]) {
      if (open && beginsColumn(paragraph, open) && open.continuesIn(paragraph)) {
        open.add(paragraph.lines)
        continue
      }
      found.push({ paragraph })
      if (open === undefined || !isNote(paragraph, typical)) open = paragraph
    }
  }
  return found
}

function paragraphsOf(lines: readonly TextLine[], typical: TypicalSetting): Paragraph[] {
  const paragraphs: Paragraph[] = []
  for (const line of lines) {
    const open = paragraphs.at(-1)
    if (open?.isFollowedBy(line, typical)) open.add([line])
    else paragraphs.push(new Paragraph(line))
  }
  return paragraphs
}

function beginsColumn({ lines }: Paragraph, before: Paragraph): boolean {
  const [first, last] = [lines[0], before.last]
  return first !== undefined && last !== undefined && first.base > last.base
}

function isNote({ lines }: Paragraph, { size }: TypicalSetting): boolean {
  return lines.every((line) => line.size < size * 0.93)
}

const HEADING_LENGTH = 200

function paragraphBlock(
  { lines }: Paragraph,
  { size }: TypicalSetting,
  words: WordsOfDocument,
): Pick<LabelledBlock, 'kind' | 'text'> {
  const text = cleanText(words.join(lines.map((line) => line.text))).trim()
  const large = lines.every((line) => line.size >= size * 1.15)
  if (large && text !== '' && text.length <= HEADING_LENGTH) return { kind: 'heading', text: `### ${text}` }
  return { kind: 'paragraph', text: text.replace(/^[•◦▪‣∙●○■□]\s+/u, '- ') }
}
