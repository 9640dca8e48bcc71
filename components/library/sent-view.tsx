import { useQuery_experimental as useQueryResult } from 'convex/react'
import type { FunctionReturnType } from 'convex/server'
import { useEffect, useMemo } from 'react'
import type { ReactNode } from 'react'
import { api } from '../../convex/_generated/api.js'
import type { Id } from '../../convex/_generated/dataModel.js'
import { readingFailure } from '../connection/reading-failure.ts'
import { Alert } from '../ui/alert.tsx'
import { KeptText } from './kept-text.tsx'
import { libraryHash } from './library-route.ts'
import { PageLine } from './page-line.tsx'
import { rangesWithGaps } from './ranges.ts'
import type { Range } from './ranges.ts'
import { textBlocks } from './text-blocks.ts'
import { useKeptPage } from './use-kept-page.ts'

type SentContext = FunctionReturnType<typeof api.messages.sent>[number]

const count = new Intl.NumberFormat('en')

/** What a model was given for one question, character for character, page by page. */
export function SentView({ messageId }: { readonly messageId: Id<'messages'> }) {
  const result = useQueryResult({ query: api.messages.sent, args: { messageId } })

  useEffect(() => {
    document.title = 'What was sent · Gloss'
  }, [])

  if (result.status === 'error') return <Alert failure={readingFailure(result.error)} />
  if (result.status === 'pending') return <Faded>Loading…</Faded>
  return (
    <>
      <h2 className="font-serif text-2xl leading-tight">What was sent</h2>
      <p className="text-faded mt-1 text-sm">
        The exact text that the model was given for this question, besides the question itself and what was said before
        it in the conversation.
      </p>
      {result.data.length === 0 ? <Faded>No page was sent with this question.</Faded> : null}
      {result.data.map((context) => (
        <SentPage key={context.contextId} context={context} />
      ))}
    </>
  )
}

function SentPage({ context }: { readonly context: SentContext }) {
  const { title, host, address, quote, ranges, snapshotId } = context
  return (
    <article aria-label={title || host} data-snapshot-id={snapshotId} className="border-rule mt-6 border-t pt-4">
      <h3 className="font-serif text-lg leading-snug font-semibold break-words">{title || host}</h3>
      <p className="text-faded text-sm break-words">Address given: {address || 'none'}</p>
      {quote === undefined ? null : (
        <>
          <h4 className="mt-3 text-sm font-medium">The selection</h4>
          <blockquote
            data-sent="selection"
            className="font-serif border-rubric my-2 border-l-2 pl-3 break-words whitespace-pre-wrap italic"
          >
            {quote}
          </blockquote>
        </>
      )}
      {ranges === undefined ? <Faded>No model has been given this page yet.</Faded> : null}
      {ranges?.length === 0 ? <Faded>Nothing of the page’s text was sent.</Faded> : null}
      {ranges && ranges.length > 0 ? <SentRanges snapshotId={snapshotId} ranges={ranges} /> : null}
    </article>
  )
}

function SentRanges({
  snapshotId,
  ranges,
}: {
  readonly snapshotId: Id<'snapshots'>
  readonly ranges: readonly Range[]
}) {
  const page = useKeptPage(snapshotId)
  const text = page.name === 'ready' ? page.text : ''
  const blocks = useMemo(() => textBlocks(text), [text])
  if (page.name === 'failed') return <Alert failure={page.failure} />
  if (page.name === 'loading') return <Faded>Loading…</Faded>
  return (
    <>
      <PageLine head={page.head} />
      <p className="mt-1 text-sm">
        <a
          href={libraryHash({ name: 'snapshot', id: snapshotId })}
          className="text-rubric underline underline-offset-2"
        >
          All that was read of the page
        </a>
      </p>
      <div lang={page.head.lang}>
        {rangesWithGaps(ranges, text).map(({ sent, start, end }) =>
          sent ? (
            <div key={start} data-sent="text">
              <KeptText text={text} blocks={blocks} range={{ start, end }} />
            </div>
          ) : (
            <p
              key={start}
              lang="en"
              className="text-faded border-rule my-4 border-y border-dashed py-1 text-center text-xs"
            >
              {count.format(end - start)} characters that were not sent
            </p>
          ),
        )}
      </div>
    </>
  )
}

function Faded({ children }: { readonly children: ReactNode }) {
  return <p className="text-faded py-3 text-sm">{children}</p>
}
