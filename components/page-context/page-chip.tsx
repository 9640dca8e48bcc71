import { FileText, Paperclip, TextQuote, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { IconButton } from '../ui/icon-button.tsx'
import type { PageChipContent } from './page-chip-content.ts'

interface PageChipProps {
  readonly content: PageChipContent
  readonly quote: string | undefined
  readonly onDetach: () => void
  readonly onAttach: () => void
  readonly onDropQuote: () => void
}

const count = new Intl.NumberFormat('en')

/** Shows which page the next question will use, and takes it off or puts it back. */
export function PageChip({ content, quote, onDetach, onAttach, onDropQuote }: PageChipProps) {
  return (
    <div data-page-chip={content.name} className="border-rule border-b text-xs">
      {content.name === 'detached' ? (
        <button
          type="button"
          onClick={onAttach}
          className="text-faded hover:text-ink flex w-full items-center gap-2 px-3 py-2 text-left"
        >
          <Paperclip aria-hidden className="size-3.5 shrink-0" />
          Use the page beside the panel
        </button>
      ) : (
        <Row
          icon={<FileText aria-hidden className="text-rubric size-3.5 shrink-0" />}
          label="Leave the page out"
          onDrop={onDetach}
        >
          <PageWords content={content} />
        </Row>
      )}
      {quote === undefined ? null : (
        <Row
          icon={<TextQuote aria-label="Selection" className="text-rubric size-3.5 shrink-0" />}
          label="Leave the selection out"
          onDrop={onDropQuote}
        >
          <q className="font-serif line-clamp-2 break-words italic">{quote}</q>
        </Row>
      )}
    </div>
  )
}

function PageWords({ content }: { readonly content: Exclude<PageChipContent, { name: 'detached' }> }) {
  if (content.name === 'unknown') {
    return <span className="text-faded">This tab: press Alt+S or the icon to read it</span>
  }
  const { title, host } = content
  return (
    <>
      <span className="block truncate font-medium">{title}</span>
      <span className="text-faded block truncate">
        {host}
        {content.name === 'read' ? ` · ${count.format(content.words)} words${content.truncated ? ', cut' : ''}` : null}
      </span>
      {content.name === 'read' && content.coverage !== undefined ? (
        <span className="text-faded block truncate">{content.coverage}</span>
      ) : null}
      {content.name === 'read' && content.missing === 'transcript' ? (
        <span className="text-faded block">No transcript is offered here: only the page’s text is read.</span>
      ) : null}
    </>
  )
}

interface RowProps {
  readonly icon: ReactNode
  readonly label: string
  readonly onDrop: () => void
  readonly children: ReactNode
}

function Row({ icon, label, onDrop, children }: RowProps) {
  return (
    <div className="flex items-center gap-2 py-1.5 pr-1 pl-3">
      {icon}
      <div className="min-w-0 grow leading-snug">{children}</div>
      <IconButton label={label} icon={X} onClick={onDrop} className="size-6" />
    </div>
  )
}
