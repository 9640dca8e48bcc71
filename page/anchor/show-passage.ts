import type { HighlightRequest, HighlightResult } from '../../protocol/highlight.ts'
import { contentTypeOf } from '../dom-access.ts'
import { bringIntoView } from './bring-into-view.ts'
import { findPassage } from './find-passage.ts'
import { highlight } from './highlight.ts'
import { liveText } from './live-text.ts'
import { rangesOf } from './ranges-of.ts'

/** Finds a passage on the page, highlights it and scrolls to it. Of what the page is, only a closed `<details>` opens. */
export function showPassage(page: Document, request: HighlightRequest): HighlightResult {
  if (contentTypeOf(page) === 'application/pdf') return 'unreadable'
  const live = liveText(page)
  const passage = findPassage(live.text, request)
  const ranges = passage ? rangesOf(live, passage) : []
  const [first] = ranges
  if (!first) return 'absent'
  bringIntoView(first)
  highlight(ranges)
  return 'shown'
}
