import type { Cue } from './cue.ts'

/** The lines of a transcript panel that is open on the page, by the names YouTube gives its parts. */
export function shownCues(page: Document): readonly Cue[] {
  return [...page.querySelectorAll('ytd-transcript-segment-renderer')].flatMap((segment) => {
    const time = segment.querySelector('.segment-timestamp')?.textContent ?? ''
    const text = segment.querySelector('.segment-text')?.textContent ?? ''
    const at = seconds(time)
    return at === undefined || text.trim() === '' ? [] : [{ at, text }]
  })
}

/** `1:02:03` or `2:03`. */
function seconds(time: string): number | undefined {
  const parts = time.trim().split(':')
  if (parts.length < 2 || parts.length > 3 || !parts.every((part) => /^\d{1,3}$/.test(part))) return undefined
  return parts.reduce((sum, part) => sum * 60 + Number(part), 0)
}
