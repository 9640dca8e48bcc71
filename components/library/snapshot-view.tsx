import { useEffect, useMemo, useRef } from 'react'
import type { Id } from '../../convex/_generated/dataModel.js'
import { Alert } from '../ui/alert.tsx'
import { KeptText } from './kept-text.tsx'
import type { KeptReason } from './library-route.ts'
import { PageLine } from './page-line.tsx'
import type { Range } from './ranges.ts'
import { textBlocks } from './text-blocks.ts'
import { useKeptPage } from './use-kept-page.ts'
import type { SnapshotHead } from './use-kept-page.ts'
import { zoneSections } from './zone-sections.ts'

const reasons: Readonly<Record<KeptReason, string>> = {
  changed: 'The passage is not on the page as it is now. This is the page as Gloss read it, with the passage marked.',
  unreadable: 'Gloss cannot point into that page. This is the page as Gloss read it, with the passage marked.',
}

interface SnapshotViewProps {
  readonly snapshotId: Id<'snapshots'>
  readonly mark: Range | undefined
  readonly reason: KeptReason | undefined
}

/** A page as it was read once, with its zones; the marked passage is scrolled to. */
export function SnapshotView({ snapshotId, mark, reason }: SnapshotViewProps) {
  const page = useKeptPage(snapshotId)
  if (page.name === 'failed') return <Alert failure={page.failure} />
  if (page.name === 'loading') return <p className="text-faded py-4 text-sm">Loading…</p>
  return (
    <>
      <h2 className="font-serif text-2xl leading-tight break-words">{page.head.title || page.head.host}</h2>
      <PageLine head={page.head} />
      {reason ? (
        <p role="status" className="border-rubric bg-rubric-wash mt-3 rounded-md border-l-2 px-3 py-2 text-sm">
          {reasons[reason]}
        </p>
      ) : null}
      <KeptZones head={page.head} text={page.text} mark={mark} />
    </>
  )
}

interface KeptZonesProps {
  readonly head: SnapshotHead
  readonly text: string
  readonly mark: Range | undefined
}

function KeptZones({ head, text, mark }: KeptZonesProps) {
  const container = useRef<HTMLDivElement>(null)
  const sections = useMemo(() => zoneSections(textBlocks(text), head.zones), [text, head.zones])

  useEffect(() => {
    const marked = container.current?.querySelector('mark')
    document.title = `${head.title || head.host} · Gloss`
    marked?.scrollIntoView({ block: 'center' })
  }, [head])

  return (
    <div ref={container} lang={head.lang}>
      {sections.map(({ zone, blocks }) => (
        <section
          key={blocks[0]?.start}
          data-zone={zone}
          aria-label={zone === 'main' ? 'Main text' : 'Beside the main text'}
          className="data-[zone=rest]:border-rule data-[zone=rest]:my-4 data-[zone=rest]:border-l-4 data-[zone=rest]:pl-3"
        >
          {zone === 'rest' ? (
            <p lang="en" className="text-faded text-xs font-medium tracking-wide uppercase">
              Beside the main text
            </p>
          ) : null}
          <KeptText text={text} blocks={blocks} range={{ start: 0, end: text.length }} mark={mark} />
        </section>
      ))}
    </div>
  )
}
