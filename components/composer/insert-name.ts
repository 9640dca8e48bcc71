/** A text and where its cursor is. */
export interface Written {
  readonly text: string
  /** UTF-16 offset. */
  readonly caret: number
}

/** Whether an `@` at the caret begins the name of a tab: not in the middle of a word, as in an address. */
export function beginsName(before: string): boolean {
  return before === '' || /[\s([{“„"'‘«]$/.test(before)
}

/**
 * Puts a tab's name where it was called for within a sentence. At the beginning of a line nothing is written: the tab
 * is shown beside the question, which goes on as if it had been named first.
 */
export function insertName({ text, caret }: Written, name: string): Written {
  const [before, after] = [text.slice(0, caret), text.slice(caret)]
  if (/(?:^|\n)\s*$/.test(before)) return { text, caret }
  return insert({ text, caret }, `“${name}”${/^[\s\p{P}]/u.test(after) ? '' : ' '}`)
}

export function insert({ text, caret }: Written, words: string): Written {
  return { text: text.slice(0, caret) + words + text.slice(caret), caret: caret + words.length }
}
