import { chooseMain, isReadabilityEnough } from './choose-main.ts'
import type { Chosen } from './choose-main.ts'
import { coverageOf, wordsOf } from './coverage.ts'
import { defuddleContent, readabilityContent } from './extractors.ts'
import { macrotask } from './macrotask.ts'
import { markdownBlockSteps } from './markdown-blocks.ts'
import { pace } from './pace.ts'
import { placedBlockSteps } from './placed-blocks.ts'
import type { PlacedBlock } from './placed-blocks.ts'
import { schemaTypes } from './schema-data.ts'
import { inTurns } from './steps.ts'

export interface CopiedPage {
  /** An inert copy, which the extractors may change. */
  readonly document: Document
  readonly blocks: readonly PlacedBlock[]
  /** The words of each block, see `wordsOf`. */
  readonly words: readonly (readonly string[])[]
  /** For each block 1 where it stands in the page's landmark, else 0. */
  readonly landmark: readonly number[]
  readonly url: string
  /** Whether it is small enough for Readability to try with few rules. */
  readonly leniently: boolean
  /** The page's JSON-LD. */
  readonly schema: readonly string[]
}

/**
 * Which blocks of a page are its main text. The extractors only say which: their own output leaves out, moves and
 * rewrites words, so it is compared with the page's blocks. Each has tasks of its own, which cannot be cut into slices.
 */
export async function extractMain(copied: CopiedPage): Promise<Chosen> {
  const { document, blocks: page, words, landmark, leniently, url, schema } = copied
  const turn = pace()
  const covered = coverageOf(words)
  async function heldBy(content: Node | undefined): Promise<readonly number[]> {
    const found = content === undefined ? [] : await inTurns(placedBlockSteps(content, markdownBlockSteps), turn)
    return covered(found.map(({ text }) => wordsOf(text)))
  }

  const readability = await heldBy(await readabilityContent(document, leniently, macrotask))
  const types = schemaTypes(schema)
  const undecided = !isReadabilityEnough({ page, readability, types })
  await macrotask()
  const defuddle = await heldBy(undecided ? await defuddleContent(document, url, schema, macrotask) : undefined)
  return chooseMain({ page, readability, defuddle, landmark, types })
}
