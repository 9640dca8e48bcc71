import type { CaptureResult } from '../protocol/capture.ts'
import type { Block } from './block.ts'
import { countWords } from './count-words.ts'
import { contentTypeOf } from './dom-access.ts'
import { joinBlocks } from './join-blocks.ts'
import { captureLimits } from './limits.ts'
import type { CaptureLimits } from './limits.ts'
import { macrotask } from './macrotask.ts'
import { mainText } from './main-text.ts'
import { pageDetails } from './page-details.ts'
import { plainBlocks } from './plain-document.ts'
import { pageSelection } from './selection.ts'
import { copyVisible } from './visible-copy.ts'

type Method = Extract<CaptureResult, { ok: true }>['page']['method']

/**
 * Reads a page: its details, its selection and its main text as Markdown. The page is only read, never changed, and has
 * its turn between slices of what takes long; after the copy nothing looks at the page again.
 *
 * @returns the contract of `protocol/capture.ts`; `page_empty` when there is neither text nor a selection.
 */
export async function capturePage(window: Window, limits: CaptureLimits = captureLimits): Promise<CaptureResult> {
  const { document: page, location } = window
  const details = pageDetails(page, location.href)
  const selection = pageSelection(page, window.getSelection(), limits.selectionCharacters)
  const plain = plainBlocks(page, contentTypeOf(page))
  const copy = plain === undefined ? await copyVisible(page, limits) : undefined
  await macrotask()

  const found =
    copy === undefined
      ? ({ method: 'landmark', blocks: plain ?? [] } as const)
      : await mainText(copy, details.url, limits)
  const blocks: readonly Block[] =
    found.blocks.length > 0 || selection === null ? found.blocks : [{ kind: 'paragraph', text: selection.text }]
  const method: Method = found.blocks.length > 0 ? found.method : 'selection'
  const { text, zones, truncated } = joinBlocks(
    blocks.map((block) => ({ ...block, zone: 'main' })),
    limits.textBytes,
  )
  if (text === '') return { ok: false, code: 'page_empty' }
  const wordsMain = await countWords(text, details.lang)
  return {
    ok: true,
    page: {
      ...details,
      text,
      zones: [...zones],
      method,
      wordsMain,
      wordsRest: 0,
      truncated: truncated || copy?.truncated === true,
    },
    selection,
  }
}
