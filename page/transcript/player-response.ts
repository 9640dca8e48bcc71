/** What a page's own player was told of its video, as far as it is about captions. */
export interface PlayerResponse {
  readonly videoId: string
  readonly tracks: readonly CaptionTrack[]
}

export interface CaptionTrack {
  readonly address: string
  readonly language: string
  /** Written by a machine that listened. */
  readonly automatic: boolean
}

const assignment = /\bytInitialPlayerResponse\s*=\s*(?=\{)/
/** Scripts longer than this are no player responses. */
const SCRIPT_LENGTH = 5_000_000

/** The player response that stands in one of the page's own scripts; they are read as text and not run. */
export function playerResponse(page: Document): PlayerResponse | undefined {
  for (const { textContent: source } of page.querySelectorAll('script:not([src])')) {
    const found = source.length > SCRIPT_LENGTH ? null : assignment.exec(source)
    if (!found) continue
    const value = parsed(objectAt(source, found.index + found[0].length))
    const videoId = at(value, 'videoDetails', 'videoId')
    if (typeof videoId !== 'string') continue
    const tracks = at(value, 'captions', 'playerCaptionsTracklistRenderer', 'captionTracks')
    return { videoId, tracks: Array.isArray(tracks) ? tracks.flatMap(trackOf) : [] }
  }
  return undefined
}

function trackOf(track: unknown): CaptionTrack[] {
  const [address, language, kind] = [at(track, 'baseUrl'), at(track, 'languageCode'), at(track, 'kind')]
  if (typeof address !== 'string' || typeof language !== 'string') return []
  return [{ address, language, automatic: kind === 'asr' }]
}

/** The text of the object that begins at `start`: up to the brace that closes it. */
function objectAt(source: string, start: number): string {
  let depth = 0
  const mark = /["{}]/g
  mark.lastIndex = start
  for (let found = mark.exec(source); found; found = mark.exec(source)) {
    if (found[0] === '"') mark.lastIndex = stringEnd(source, found.index)
    else depth += found[0] === '{' ? 1 : -1
    if (depth === 0) return source.slice(start, found.index + 1)
  }
  return ''
}

/** Where the string that begins at `start` has ended. */
function stringEnd(source: string, start: number): number {
  let end = source.indexOf('"', start + 1)
  while (end > 0 && backslashesBefore(source, end) % 2 === 1) end = source.indexOf('"', end + 1)
  return end < 0 ? source.length : end + 1
}

function backslashesBefore(source: string, at: number): number {
  let count = 0
  while (source[at - 1 - count] === '\\') count += 1
  return count
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

/** What stands at a path of names in an object, or `undefined`. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, name) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, name) : undefined),
    value,
  )
}
