import type { Block } from './block.ts'

export type MainMethod = 'readability' | 'defuddle' | 'landmark'

export interface Candidates extends Readonly<Record<MainMethod, readonly number[]>> {
  readonly page: readonly Block[]
  /** schema.org types that the page names for itself. */
  readonly types: ReadonlySet<string>
}

export interface Chosen {
  readonly method: MainMethod
  /** For each block of the page, the share of its words that belongs to the main text. */
  readonly held: readonly number[]
}

/** Readability is more precise, and sometimes takes one part of a page for the whole: then it has far less text. */
const enoughOfDefuddle = 0.7
/** Both look for an article. Where a page is made of many small parts, what they find is a fraction of its content. */
const enoughOfLandmark = 0.3
/** Below this share of it Defuddle found nothing to speak of. */
const someOfLandmark = 0.1
/** Of what either found, the share that both found. Below it they read different pages. */
const agreement = 0.5
/** Share of a page's blocks that name a price, from which it is a shop. */
const manyPrices = 0.05

/**
 * Whose main text to take: Readability's, unless it is under 0.7 of Defuddle's, then Defuddle's; the landmark text when
 * what they found is under 0.3 of that. On the pages of shops Readability takes the reviews or the small print for the
 * article, which is longer than what is sold, so where the two disagree there, Defuddle's.
 */
export function chooseMain(candidates: Candidates): Chosen {
  const { page, readability, defuddle, landmark } = candidates
  const of = (held: readonly number[]): number => lengthHeld(page, held)
  const [inReadability, inDefuddle] = [of(readability), of(defuddle)]
  const inEither = of(readability.map((share, at) => Math.max(share, defuddle[at] ?? 0)))
  const inBoth = of(readability.map((share, at) => Math.min(share, defuddle[at] ?? 0)))
  const disagree = inBoth < agreement * inEither
  if (inDefuddle > someOfLandmark * of(landmark) && disagree && isShop(candidates))
    return { method: 'defuddle', held: defuddle }

  const method = inReadability < enoughOfDefuddle * inDefuddle ? 'defuddle' : 'readability'
  const held = candidates[method]
  const found = of(held)
  return found === 0 || found < enoughOfLandmark * of(landmark)
    ? { method: 'landmark', held: landmark }
    : { method, held }
}

/**
 * Whether `chooseMain` would take Readability's text whatever Defuddle finds, because that cannot find more than the
 * whole page. So it is on 90 of 188 labelled pages, and Defuddle is the slowest of the readers.
 */
export function isReadabilityEnough({ page, readability, types }: Omit<Candidates, 'defuddle' | 'landmark'>): boolean {
  if (isShop({ page, types })) return false
  const whole = page.reduce((sum, { text }) => sum + lengthOf(text), 0)
  return whole > 0 && lengthHeld(page, readability) >= enoughOfDefuddle * whole
}

const price = /[$€£¥₹]\s?\d|\d\s?(?:€|USD|EUR|GBP)/

function isShop({ page, types }: Pick<Candidates, 'page' | 'types'>): boolean {
  return types.has('Product') || page.filter(({ text }) => price.test(text)).length > manyPrices * page.length
}

function lengthHeld(page: readonly Block[], held: readonly number[]): number {
  return page.reduce((sum, { text }, at) => sum + lengthOf(text) * (held[at] ?? 0), 0)
}

/** Characters of words, without white space and Markdown's marks: the same words count alike however they are set. */
function lengthOf(text: string): number {
  return text.replace(/[\s|>#*-]+/g, '').length
}
