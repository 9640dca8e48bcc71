import { readPage, type ReadAnswer } from '../../components/page-context/read-page.ts'

export interface TimedAnswer {
  readonly answer: ReadAnswer
  readonly ms: number
}

/** Runs in a page of the extension: reads the tab in front as the panel does. */
export async function readTabInFront(): Promise<TimedAnswer> {
  const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true })
  if (tab?.id === undefined) throw new Error('no tab is in front')
  const start = performance.now()
  const answer = await readPage(tab.id, undefined, new AbortController().signal)
  return { answer, ms: performance.now() - start }
}
