import { common, markedPieces } from './ranges.ts'
import type { Range } from './ranges.ts'
import type { TextBlock } from './text-blocks.ts'

const looks: Readonly<Record<TextBlock['kind'], string>> = {
  heading: 'font-serif mt-6 text-lg leading-snug font-semibold whitespace-pre-wrap',
  quote: 'font-serif border-rule border-l-2 pl-3 italic whitespace-pre-wrap',
  code: 'bg-sheet border-rule overflow-x-auto rounded-md border p-3 font-mono text-xs whitespace-pre',
  table: 'overflow-x-auto font-mono text-xs whitespace-pre',
  text: 'font-serif leading-relaxed whitespace-pre-wrap',
}

interface KeptTextProps {
  readonly text: string
  /** The blocks of the text to show, and the part of it that they are shown of. */
  readonly blocks: readonly TextBlock[]
  readonly range: Range
  /** A passage to mark. */
  readonly mark?: Range | undefined
}

/** A page's text character for character, as it was read: its Markdown is styled by block, never turned into elements. */
export function KeptText({ text, blocks, range, mark }: KeptTextProps) {
  return blocks.map((block) => {
    const part = common(block, range)
    if (!part) return null
    const scrolls = block.kind === 'code' || block.kind === 'table'
    return (
      <p
        key={block.start}
        // A box that scrolls has to be reachable by keyboard.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={scrolls ? 0 : undefined}
        className={`my-3 break-words ${looks[block.kind]}`}
      >
        {markedPieces(part, mark).map(({ start, end, marked }) =>
          marked ? (
            <mark key={start} className="bg-rubric-wash text-ink decoration-rubric underline decoration-2">
              {text.slice(start, end)}
            </mark>
          ) : (
            text.slice(start, end)
          ),
        )}
      </p>
    )
  })
}
