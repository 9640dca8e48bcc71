import type { Chosen, MainMethod } from './choose-main.ts'
import { wordsOf } from './coverage.ts'
import { extractMain } from './extract-main.ts'
import { imageDescriptionSteps } from './image-descriptions.ts'
import type { LabelledBlock } from './join-blocks.ts'
import { joinItems } from './join-items.ts'
import { landmarkSteps } from './landmark.ts'
import { lighten } from './lighten.ts'
import type { CaptureLimits } from './limits.ts'
import { pace } from './pace.ts'
import { markdownBlockSteps } from './markdown-blocks.ts'
import { pageHeadingAt } from './page-heading.ts'
import { placedBlockSteps } from './placed-blocks.ts'
import { refineMain } from './refine-main.ts'
import { inTurns, mapSteps } from './steps.ts'
import type { VisibleCopy } from './visible-copy.ts'

export interface ZonedBlocks {
  readonly method: MainMethod
  /** Every block of the page once: the main ones in reading order, then the rest, then what images show. */
  readonly blocks: readonly LabelledBlock[]
}

/** A block is main when more than this share of its words is in what was chosen. */
const mostOfIt = 0.5

/**
 * All blocks of a page, the main ones first. Nothing that is shown can be lost or doubled, whatever is taken for main.
 *
 * @param schema the page's JSON-LD. It is not shown, so none of it is read; it says what kind of page this is, and where
 *   on the page the article is that it holds.
 */
export async function zonedBlocks(
  copy: VisibleCopy,
  url: string,
  schema: readonly string[],
  limits: CaptureLimits,
): Promise<ZonedBlocks> {
  const { document } = copy
  const turn = pace()
  const root = document.documentElement
  const page = root === null ? [] : await inTurns(placedBlockSteps(root, markdownBlockSteps), turn)
  const words = await inTurns(
    mapSteps(page, ({ text }) => wordsOf(text)),
    turn,
  )
  // Before the extractors, of which one changes the copy.
  const inLandmark = await inTurns(landmarkSteps(document, page), turn)
  const images = await inTurns(imageDescriptionSteps(document, page), turn)
  const large = copy.elements > limits.plainElements
  if (large) await inTurns(lighten(document), turn)
  const elements = large ? document.getElementsByTagName('*').length : copy.elements
  const small = elements <= limits.extractorElements && copy.characters <= limits.extractorCharacters
  const leniently = elements <= limits.lenientElements
  const landmark = inLandmark.map(Number)
  const { method, held }: Chosen = small
    ? await extractMain({ document, blocks: page, words, landmark, url, schema, leniently })
    : { method: 'landmark', held: landmark }
  const isMain = refineMain(
    page,
    words.map(({ length }) => length),
    held.map((share) => share > mostOfIt),
  )
  if (!isMain.includes(true)) isMain.fill(true)
  const heading = pageHeadingAt(page, isMain, document.querySelector('head > title')?.textContent ?? '')
  if (heading !== undefined) isMain[heading] = true
  const zone = (name: LabelledBlock['zone'], wanted: boolean): readonly LabelledBlock[] =>
    joinItems(page.filter((_block, at) => isMain[at] === wanted)).map((block) => ({ ...block, zone: name }))
  // All that there is to read on a page of pictures.
  const describedIn: LabelledBlock['zone'] = page.length === 0 ? 'main' : 'rest'
  const described = images.map((block) => ({ ...block, zone: describedIn }))
  return { method, blocks: [...zone('main', true), ...zone('rest', false), ...described] }
}
