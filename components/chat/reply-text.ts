/** How many chunks `chunks.window` returns at most. A full window never changes again. */
export const WINDOW_SIZE = 8

export interface Chunk {
  readonly seq: number
  readonly text: string
}

/** What is held of one attempt of a generation: the text of all its chunks before `nextSeq`. */
export interface HeldText {
  readonly nextSeq: number
  readonly text: string
}

export function nothingHeld(fromSeq: number): HeldText {
  return { nextSeq: fromSeq, text: '' }
}

/** Adds what follows on: rows already held are passed over, and nothing is taken from beyond a gap. */
export function addChunks(held: HeldText, rows: readonly Chunk[]): HeldText {
  let { nextSeq } = held
  let added = ''
  for (const { seq, text } of rows) {
    if (seq > nextSeq) break
    if (seq < nextSeq) continue
    added += text
    nextSeq += 1
  }
  return nextSeq === held.nextSeq ? held : { nextSeq, text: held.text + added }
}

export interface ReplySource {
  readonly terminal: boolean
  /** Of a running reply: what earlier attempts left. Of one that ended: its text, except for `partCount` more parts. */
  readonly content: string
  readonly partCount: number
  /** The text beyond `content`, once it has been read. */
  readonly rest: string | undefined
  /** The chunks of the current attempt. */
  readonly held: HeldText | undefined
  /** What this panel showed last of the same generation. */
  readonly shown: string
}

/** The text to show. It never becomes shorter than what was shown: a read that lags behind only means waiting. */
export function replyText({ terminal, content, partCount, rest, held, shown }: ReplySource): string {
  const known = terminal ? content + (rest ?? '') : content + (held?.text ?? '')
  const incomplete = !terminal || (partCount > 0 && rest === undefined)
  return incomplete && shown.length > known.length && shown.startsWith(known) ? shown : known
}
