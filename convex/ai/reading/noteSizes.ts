import { estimateTokens } from '../../model/tokens.ts'

/** Tokens of one note. */
const LEAST = 60
const MOST = 400
/** About: a note's language is not known before it is written. */
const TOKENS_PER_WORD = 2

/** Tokens a note may have, so that all fit the room of the answer's prompt, if it is room enough for that many. */
export function noteLimit(room: number, notes: number): number {
  const even = Math.floor(room / Math.max(1, notes))
  // Four to a group at the least, so that putting notes together makes fewer of them.
  return Math.max(1, Math.min(Math.max(even, LEAST), MOST, Math.floor(room / 4)))
}

export function wordsOfLimit(tokens: number): number {
  return Math.max(20, Math.floor(tokens / TOKENS_PER_WORD / 10) * 10)
}

/** Runs of notes of which each fits the room together, in order; null when they all do. Places into `notes`. */
export function groupNotes(notes: readonly string[], room: number): { from: number; to: number }[] | null {
  const groups: { from: number; to: number }[] = []
  let spent = 0
  for (const [index, note] of notes.entries()) {
    const cost = estimateTokens(note) + 2
    const last = groups.at(-1)
    if (last && spent + cost <= room) {
      last.to = index + 1
      spent += cost
    } else {
      groups.push({ from: index, to: index + 1 })
      spent = cost
    }
  }
  return groups.length <= 1 || groups.length === notes.length ? null : groups
}
