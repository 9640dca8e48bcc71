import type { Block } from '../block.ts'
import { cleanText } from '../clean-text.ts'
import { collapseSpace } from '../white-space.ts'
import type { Cue } from './cue.ts'

/** A paragraph ends with the first sentence after so many seconds, or without one after twice as many. */
const PARAGRAPH_S = 45

/**
 * A transcript as paragraphs, each under the time at which it begins. A time never stands inside a sentence where the
 * transcript has full stops, so that a quote can be found.
 */
export function transcriptBlocks(cues: readonly Cue[]): readonly Block[] {
  const paragraphs: { readonly at: number; text: string }[] = []
  for (const cue of cues) {
    const text = collapseSpace(cleanText(cue.text)).trim()
    if (text === '') continue
    const open = paragraphs.at(-1)
    const elapsed = open === undefined ? 0 : cue.at - open.at
    const ended = open !== undefined && /[.!?。！？]["'”’»)]*$/u.test(open.text.slice(-9))
    if (open === undefined || elapsed > 2 * PARAGRAPH_S || (ended && elapsed > PARAGRAPH_S)) {
      paragraphs.push({ at: cue.at, text })
    } else open.text += ` ${text}`
  }
  if (paragraphs.length === 0) return []
  return [
    { kind: 'heading', text: '## Transcript' },
    ...paragraphs.flatMap(({ at, text }): Block[] => [
      { kind: 'heading', text: `### ${clock(at)}` },
      { kind: 'paragraph', text },
    ]),
  ]
}

function clock(at: number): string {
  const seconds = Math.floor(at)
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60]
  const rest = String(seconds % 60).padStart(2, '0')
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${rest}` : `${minutes}:${rest}`
}
