export type Announcement = '' | 'Answering' | 'Answer ready'

/**
 * What a screen reader is told of the last reply: that it began and that it ended, never its text as it streams. One
 * that was already there when the panel opened, or that failed (which alerts), is not announced.
 */
export function nextAnnouncement(
  before: Announcement,
  last: { readonly running: boolean; readonly failed: boolean } | undefined,
): Announcement {
  if (!last) return ''
  if (last.running) return 'Answering'
  if (last.failed) return ''
  return before === '' ? '' : 'Answer ready'
}
