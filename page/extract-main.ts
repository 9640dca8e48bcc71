import { chooseMain, isReadabilityEnough } from './choose-main.ts'
import type { Chosen } from './choose-main.ts'
import { coverageOf, wordsOf } from './coverage.ts'
import { defuddleBlocks, readabilityBlocks } from './extractors.ts'
import { macrotask } from './macrotask.ts'
import type { PlacedBlock } from './placed-blocks.ts'
import { schemaTypes } from './schema-data.ts'

export interface CopiedPage {
  /** An inert copy, which the extractors may change. */
  readonly document: Document
  readonly blocks: readonly PlacedBlock[]
  /** The words of each block, see `wordsOf`. */
  readonly words: readonly (readonly string[])[]
  /** For each block 1 where it stands in the page's landmark, else 0. */
  readonly landmark: readonly number[]
  readonly url: string
  /** The page's JSON-LD. */
  readonly schema: readonly string[]
}

/**
 * Which blocks of a page are its main text. The extractors only say which: their own output leaves out, moves and
 * rewrites words, so it is compared with the page's blocks. Each has tasks of its own, which cannot be cut into slices.
 */
export async function extractMain(copied: CopiedPage): Promise<Chosen> {
  const { document, blocks: page, words, landmark, url, schema } = copied
  const covered = coverageOf(words)
  const heldBy = (found: readonly PlacedBlock[]): readonly number[] => covered(found.map(({ text }) => wordsOf(text)))
  const readability = heldBy(await readabilityBlocks(document, macrotask))
  await macrotask()
  const types = schemaTypes(schema)
  const undecided = !isReadabilityEnough({ page, readability, types })
  const defuddle = heldBy(undecided ? defuddleBlocks(document, url, schema) : [])
  await macrotask()
  return chooseMain({ page, readability, defuddle, landmark, types })
}
