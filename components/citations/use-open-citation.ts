import { useState } from 'react'
import { openCitation, openKept } from '../page-context/open-citation.ts'
import type { OpenedCitation } from '../page-context/open-citation.ts'
import type { Citation } from './citation.ts'

export interface CitationOpener {
  /** What became of the last quote that was pressed; undefined while that is under way. */
  readonly last: { readonly citation: Citation; readonly outcome: OpenedCitation | 'failed' } | undefined
  open(citation: Citation): void
  openKept(citation: Citation): void
}

/** Opens quotes of one answer, one at a time: of two that are pressed, only the later one is reported. */
export function useOpenCitation(windowId: number): CitationOpener {
  const [last, setLast] = useState<CitationOpener['last']>()
  const run = async (citation: Citation, open: () => Promise<OpenedCitation>): Promise<void> => {
    setLast(undefined)
    try {
      setLast({ citation, outcome: await open() })
    } catch (error) {
      console.warn(error)
      setLast({ citation, outcome: 'failed' })
    }
  }
  return {
    last,
    open: (citation) => void run(citation, async () => await openCitation(citation, windowId)),
    openKept: (citation) => void run(citation, async () => await openKept(citation)),
  }
}
