import type { CaptureResult } from '../protocol/capture.ts'
import type { Block } from './block.ts'
import { isDrawn } from './canvas-page.ts'
import { countWords } from './count-words.ts'
import { contentTypeOf } from './dom-access.ts'
import { joinBlocks } from './join-blocks.ts'
import type { LabelledBlock, Zone } from './join-blocks.ts'
import { captureLimits } from './limits.ts'
import type { CaptureLimits } from './limits.ts'
import { samePage } from './same-page.ts'
import { pageDetails } from './page-details.ts'
import { plainBlocks } from './plain-document.ts'
import { schemaData } from './schema-data.ts'
import { pageSelection } from './selection.ts'
import { pageTranscript } from './transcript/page-transcript.ts'
import { copyVisible } from './visible-copy.ts'
import { zonedBlocks } from './zoned-blocks.ts'

type Method = Extract<CaptureResult, { ok: true }>['page']['method']

/**
 * Reads a page: its details, its selection and all its text as Markdown, main text first. The page is only read, never
 * changed, and has its turn between slices of what takes long; after the copy nothing but its canvases is looked at again.
 *
 * @returns the contract of `protocol/capture.ts`; `page_empty` when there is neither text nor a selection, `page_canvas` when the
 * text is drawn, `page_gone` when the page went on to another address while it was copied.
 */
export async function capturePage(window: Window, limits: CaptureLimits = captureLimits): Promise<CaptureResult> {
  const { document: page, location } = window
  const details = pageDetails(page, location.href)
  const selection = pageSelection(page, window.getSelection(), limits.selectionCharacters)
  const plain = plainBlocks(page, contentTypeOf(page))
  const schema = schemaData(page)
  const copy = plain === undefined ? await copyVisible(page, limits) : undefined
  // Who asked was shown an address: what a page put in its place while it was copied is not what was asked for.
  if (!samePage(details.url, pageDetails(page, location.href).url)) return { ok: false, code: 'page_gone' }

  const found =
    copy === undefined
      ? ({ method: 'landmark', blocks: allMain(plain ?? []) } as const)
      : await zonedBlocks(copy, details.url, schema, limits)
  const transcript = await pageTranscript(page, location.href)
  const isEmpty = found.blocks.length === 0
  const written = isEmpty && selection !== null ? allMain([{ kind: 'paragraph', text: selection.text }]) : found.blocks
  const blocks = [...allMain(transcript.blocks), ...written]
  const writtenBy: Method = isEmpty ? 'selection' : found.method
  const method: Method = transcript.blocks.length > 0 ? 'transcript' : writtenBy
  const { text, zones, truncated } = joinBlocks(blocks, limits.textBytes)
  const wordsIn = (zone: Zone['zone']): Promise<number> =>
    countWords(
      zones
        .filter((run) => run.zone === zone)
        .map(({ start, end }) => text.slice(start, end))
        .join('\n\n'),
      details.lang,
    )
  const wordsMain = await wordsIn('main')
  const view = { width: window.innerWidth, height: window.innerHeight }
  if (selection === null && isDrawn(page, view, wordsMain)) return { ok: false, code: 'page_canvas' }
  if (text === '') return { ok: false, code: 'page_empty' }
  return {
    ok: true,
    page: {
      ...details,
      text,
      zones: [...zones],
      method,
      ...(transcript.missing ? { missing: 'transcript' } : {}),
      wordsMain,
      wordsRest: await wordsIn('rest'),
      truncated: truncated || copy?.truncated === true,
    },
    selection,
  }
}

function allMain(blocks: readonly Block[]): readonly LabelledBlock[] {
  return blocks.map((block) => ({ ...block, zone: 'main' }))
}
