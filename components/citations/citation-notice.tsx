import type { Citation } from './citation.ts'
import type { CitationOpener } from './use-open-citation.ts'

type Outcome = NonNullable<CitationOpener['last']>['outcome']

/** What a person is told. Of what they see on the page itself, a screen reader alone is told. */
const sentences: Readonly<Record<Outcome, string>> = {
  shown: 'The quote is highlighted on the page.',
  opened: 'The page was opened again, and the browser looks for the quote on it.',
  kept: 'The page as Gloss read it was opened in a tab.',
  forbidden: 'Press Alt+G, or the Gloss icon, to let Gloss show the quote on this page. Then press the quote again.',
  failed: 'The page could not be opened. The page as Gloss read it is still here.',
}

interface CitationNoticeProps {
  readonly last: CitationOpener['last']
  readonly onOpenKept: (citation: Citation) => void
}

/** What became of a quote that was pressed, and what else can be done. */
export function CitationNotice({ last, onOpenKept }: CitationNoticeProps) {
  const outcome = last?.outcome
  const visible = outcome === 'opened' || outcome === 'forbidden' || outcome === 'failed'
  return (
    <div className={visible ? 'text-faded my-1 text-xs' : 'sr-only'}>
      <p aria-live="polite">{outcome === undefined ? '' : sentences[outcome]}</p>
      {visible && last ? (
        <button
          type="button"
          onClick={() => onOpenKept(last.citation)}
          className="text-rubric mt-0.5 underline underline-offset-2"
        >
          Open the page as Gloss read it
        </button>
      ) : null}
    </div>
  )
}
