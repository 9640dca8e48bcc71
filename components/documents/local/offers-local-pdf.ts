import type { Failure } from '../../../protocol/errors.ts'
import type { BesideTab } from '../../page-context/tab-watch.ts'

interface Situation {
  readonly attached: boolean
  readonly tab: BesideTab | undefined
  readonly failure: Failure | undefined
}

/** Whether choosing a file makes sense: no page goes with the question, or the one that does cannot be had otherwise. */
export function offersLocalPdf({ attached, tab, failure }: Situation): boolean {
  const refused = failure?.code === 'pdf_local' || failure?.code === 'pdf_unavailable'
  return !attached || refused || tab?.url?.startsWith('file:') === true
}
