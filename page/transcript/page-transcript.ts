import type { Block } from '../block.ts'
import { fetchCues } from './fetch-cues.ts'
import { playerResponse } from './player-response.ts'
import type { CaptionTrack } from './player-response.ts'
import { shownCues } from './shown-cues.ts'
import { transcriptBlocks } from './transcript-blocks.ts'

export interface PageTranscript {
  readonly blocks: readonly Block[]
  /** The page shows a video of this kind, and no transcript of it could be had. */
  readonly missing: boolean
}

/**
 * The transcript of the page's video: what its open transcript panel shows, else the captions that its own player was
 * told of, from the page's own site.
 */
export async function pageTranscript(page: Document, address: string): Promise<PageTranscript> {
  const shown = transcriptBlocks(shownCues(page))
  if (shown.length > 0) return { blocks: shown, missing: false }
  const response = playerResponse(page)
  const video = URL.parse(address)?.searchParams.get('v') ?? null
  if (!response || video === null) return { blocks: [], missing: false }
  // After moving within the site, the scripts are still about the video that was there first.
  const track = video === response.videoId ? bestTrack(response.tracks, page.documentElement.lang) : undefined
  const blocks = track ? transcriptBlocks(await fetchCues(track, address)) : []
  return { blocks, missing: blocks.length === 0 }
}

/** One that a person wrote, in the page's language if there is such a one. */
function bestTrack(tracks: readonly CaptionTrack[], language: string): CaptionTrack | undefined {
  const [wanted] = language.split('-')
  const rank = (track: CaptionTrack): number =>
    (track.automatic ? 0 : 2) + (track.language.split('-')[0] === wanted ? 1 : 0)
  return tracks.toSorted((a, b) => rank(b) - rank(a))[0]
}
