import { chooseMain, isReadabilityEnough } from './choose-main.ts'
import type { MainMethod } from './choose-main.ts'
import { coverageOf, wordsOf } from './coverage.ts'
import { defuddleBlocks, readabilityBlocks } from './extractors.ts'
import type { LabelledBlock } from './join-blocks.ts'
import { joinItems } from './join-items.ts'
import { inLandmark } from './landmark.ts'
import { lighten } from './lighten.ts'
import type { CaptureLimits } from './limits.ts'
import { macrotask } from './macrotask.ts'
import { pace } from './pace.ts'
import { markdownBlocks } from './markdown-blocks.ts'
import { pageHeadingAt } from './page-heading.ts'
import { placedBlockSteps } from './placed-blocks.ts'
import type { PlacedBlock } from './placed-blocks.ts'
import { refineMain } from './refine-main.ts'
import { schemaTypes } from './schema-data.ts'
import { inTurns } from './steps.ts'
import type { VisibleCopy } from './visible-copy.ts'

export interface ZonedBlocks {
  readonly method: MainMethod
  /** Every block of the page once: the main ones in reading order, then the rest in reading order. */
  readonly blocks: readonly LabelledBlock[]
}

/** A block is main when more than this share of its words is in what was chosen. */
const mostOfIt = 0.5

/**
 * All blocks of a page, the main ones first. The extractors only say which: their own output leaves out, moves and
 * rewrites words, so it is compared with the page's blocks, and nothing that is shown can be lost or doubled.
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
  const page = root === null ? [] : await inTurns(placedBlockSteps(root, markdownBlocks), turn)
  const words = page.map(({ text }) => wordsOf(text))
  // Before the extractors, of which one changes the copy.
  const landmark = inLandmark(document, page).map(Number)
  await turn()
  const large = copy.elements > limits.plainElements
  if (large) await inTurns(lighten(document), turn)
  const elements = large ? document.getElementsByTagName('*').length : copy.elements
  const small = elements <= limits.extractorElements && copy.characters <= limits.extractorCharacters
  const covered = coverageOf(words)
  const heldBy = (found: readonly PlacedBlock[]): readonly number[] => covered(found.map(({ text }) => wordsOf(text)))
  // In tasks of their own: they cannot be cut into slices.
  const readability = heldBy(small ? await attempt(() => readabilityBlocks(document, macrotask)) : [])
  await macrotask()
  const types = schemaTypes(schema)
  const undecided = small && !isReadabilityEnough({ page, readability, types })
  const defuddle = heldBy(undecided ? await attempt(() => defuddleBlocks(document, url, schema)) : [])
  await turn()

  const { method, held } = chooseMain({ page, readability, defuddle, landmark, types })
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
  return { method, blocks: [...zone('main', true), ...zone('rest', false)] }
}

/**
 * An extractor that fails on a document finds nothing in it: the page is still read by what is left. They fail on
 * documents without a body, and where a page's Trusted Types policy forbids `innerHTML` even in an inert copy.
 */
async function attempt(
  extract: () => readonly PlacedBlock[] | Promise<readonly PlacedBlock[]>,
): Promise<readonly PlacedBlock[]> {
  try {
    return await extract()
  } catch (error) {
    if (error instanceof Error) return []
    throw error
  }
}
