import { coverageOf } from './coverage.ts'
import type { MessageContext } from './message-head.ts'

interface CoverageNoteProps {
  readonly contexts: readonly MessageContext[]
  /** Asks again, with what stands around the main text; absent where the answer cannot be asked for again. */
  readonly onInclude: (() => void) | undefined
}

/** How much of each page the answer above is based on. */
export function CoverageNote({ contexts, onInclude }: CoverageNoteProps) {
  return contexts.map((context) => {
    const coverage = coverageOf(context)
    if (!coverage) return null
    return (
      <p
        key={`${context.kind}:${context.snapshotId}`}
        data-coverage=""
        className="text-faded py-0.5 text-xs tabular-nums"
      >
        {contexts.length > 1 ? <span className="font-medium">{context.title || context.host}: </span> : null}
        {coverage.line}
        {coverage.canInclude && onInclude ? (
          <>
            {' · '}
            <button type="button" onClick={onInclude} className="hover:text-ink underline underline-offset-2">
              include
            </button>
          </>
        ) : null}
      </p>
    )
  })
}
