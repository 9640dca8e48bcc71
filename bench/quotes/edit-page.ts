import { isOrdinary } from './ordinary-words.ts'
import type { PageText, Sentence } from './page-text.ts'
import type { Random } from '../random.ts'

interface Block {
  readonly text: string
  /** The sentences that are quoted, with their places in this block. */
  readonly quoted: readonly { readonly sentence: Sentence; readonly start: number; readonly end: number }[]
}

export interface EditedPage {
  readonly text: string
  /** Where the quoted sentences stand now. */
  readonly places: ReadonlyMap<Sentence, { readonly start: number; readonly end: number }>
}

/**
 * The page some time later: paragraphs removed, moved, and put in from another page, and words changed outside of the
 * sentences that are quoted.
 */
export function editPage(page: PageText, quoted: readonly Sentence[], other: PageText, random: Random): EditedPage {
  const blocks: Block[] = []
  let start = 0
  for (const text of page.text.split('\n\n')) {
    const end = start + text.length
    const inside = quoted.filter((sentence) => sentence.start >= start && sentence.end <= end)
    const places = inside.map((sentence) => ({ sentence, start: sentence.start - start, end: sentence.end - start }))
    if (places.length > 0 || !random.chance(0.15)) blocks.push(changeWords({ text, quoted: places }, random))
    start = end + 2
  }
  for (let moves = Math.ceil(blocks.length * 0.15); moves > 0; moves--) {
    const [moved] = blocks.splice(random.below(blocks.length), 1)
    if (moved) blocks.splice(random.below(blocks.length + 1), 0, moved)
  }
  const foreign = other.text.split('\n\n').filter((text) => text.length > 40)
  for (let added = Math.ceil(blocks.length * 0.1); added > 0; added--) {
    const text = random.pick(foreign)
    if (text !== undefined) blocks.splice(random.below(blocks.length + 1), 0, { text, quoted: [] })
  }
  const places = new Map<Sentence, { start: number; end: number }>()
  let length = 0
  for (const { text, quoted: here } of blocks) {
    for (const place of here) places.set(place.sentence, { start: length + place.start, end: length + place.end })
    length += text.length + 2
  }
  return { text: blocks.map(({ text }) => text).join('\n\n'), places }
}

/** Some ordinary words, one in twelve, read otherwise where nothing is quoted. */
function changeWords({ text, quoted }: Block, random: Random): Block {
  let changed = ''
  let copied = 0
  let moved = quoted
  for (const { 0: word, index } of text.matchAll(/[\p{L}\p{N}\p{M}'’-]+/gu)) {
    const end = index + word.length
    if (!isOrdinary(word, undefined) || !random.chance(1 / 12)) continue
    if (quoted.some((place) => place.start < end && place.end > index)) continue
    changed += `${text.slice(copied, index)}altered`
    copied = end
    const shift = 'altered'.length - word.length
    moved = moved.map((place, at) =>
      (quoted[at]?.start ?? 0) >= end ? { ...place, start: place.start + shift, end: place.end + shift } : place,
    )
  }
  return { text: changed + text.slice(copied), quoted: moved }
}
