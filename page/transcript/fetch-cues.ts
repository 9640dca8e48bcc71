import type { Cue } from './cue.ts'
import { at } from './player-response.ts'
import type { CaptionTrack } from './player-response.ts'

const FETCH_MS = 8_000

/** The lines of a caption track from the page's own site; none where it does not hand them out. */
export async function fetchCues(track: CaptionTrack, base: string): Promise<readonly Cue[]> {
  const url = URL.parse(track.address, base)
  // Nothing but the site that shows the video is asked.
  if (url?.origin !== new URL(base).origin) return []
  url.searchParams.set('fmt', 'json3')
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(FETCH_MS) })
    if (!answer.ok) return []
    const events = at(JSON.parse(await answer.text()), 'events')
    return Array.isArray(events) ? events.flatMap(cueOf) : []
  } catch (error) {
    // Offline, too slow, empty or no JSON: the page does not offer it, and is read without.
    if (error instanceof TypeError || error instanceof SyntaxError || error instanceof DOMException) return []
    throw error
  }
}

function cueOf(event: unknown): Cue[] {
  const [start, segments] = [at(event, 'tStartMs'), at(event, 'segs')]
  if (typeof start !== 'number' || !Array.isArray(segments)) return []
  const text = segments
    .map((segment: unknown) => at(segment, 'utf8'))
    .filter((part) => typeof part === 'string')
    .join('')
  return text.trim() === '' ? [] : [{ at: start / 1000, text }]
}
