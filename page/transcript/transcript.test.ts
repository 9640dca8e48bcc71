// @vitest-environment happy-dom
import { afterEach, describe, expect, test, vi } from 'vitest'
import { pageTranscript } from './page-transcript.ts'
import { transcriptBlocks } from './transcript-blocks.ts'

const address = 'https://video.test/watch?v=tide1'

function pageOf(body: string): Document {
  return new DOMParser().parseFromString(`<html lang="en"><body>${body}</body></html>`, 'text/html')
}

const player = (videoId: string, tracks: readonly object[]): string =>
  `<script>var before = "{"; var ytInitialPlayerResponse = ${JSON.stringify({
    note: 'a brace } in a string, and a \\" in it',
    videoDetails: { videoId },
    captions: { playerCaptionsTracklistRenderer: { captionTracks: tracks } },
  })};var after = {};</script>`
const track = (languageCode: string, kind?: string) => ({
  baseUrl: `/timedtext?lang=${languageCode}`,
  languageCode,
  kind,
})
const timed = (...lines: readonly string[]) => ({
  events: lines.map((line, at) => ({ tStartMs: at * 2_000, segs: line.split(/(?= )/).map((utf8) => ({ utf8 })) })),
})

afterEach(() => vi.unstubAllGlobals())

/** The site that shows the video: what it was asked for. */
function site(answer: unknown, status = 200): string[] {
  const asked: string[] = []
  vi.stubGlobal('fetch', async (url: URL) => {
    asked.push(url.href)
    return await Promise.resolve(new Response(typeof answer === 'string' ? answer : JSON.stringify(answer), { status }))
  })
  return asked
}

const texts = async (page: Document, at = address): Promise<string[]> =>
  (await pageTranscript(page, at)).blocks.map(({ text }) => text)

describe('pageTranscript', () => {
  test('the panel that is shown, without asking anyone', async () => {
    const asked = site({})
    const segment = (time: string, text: string): string =>
      `<ytd-transcript-segment-renderer><div class="segment-timestamp"> ${time} </div><span class="segment-text">${text}</span></ytd-transcript-segment-renderer>`
    const page = pageOf(
      segment('0:00', 'A tide gauge is') + segment('0:04', 'a pipe.') + segment('1:02:03', 'The end.'),
    )
    expect(await texts(page)).toEqual([
      '## Transcript',
      '### 0:00',
      'A tide gauge is a pipe.',
      '### 1:02:03',
      'The end.',
    ])
    expect(asked).toEqual([])
  })

  test('the captions the player was told of: a person’s before a machine’s, the page’s language first', async () => {
    const asked = site(timed('A tide gauge', 'is a pipe.'))
    const page = pageOf(player('tide1', [track('en', 'asr'), track('de'), track('en-GB')]))
    expect(await texts(page)).toEqual(['## Transcript', '### 0:00', 'A tide gauge is a pipe.'])
    expect(asked).toEqual(['https://video.test/timedtext?lang=en-GB&fmt=json3'])
  })

  test.each<[name: string, body: string, answer: unknown, status: number]>([
    ['no captions', player('tide1', []), timed('x'), 200],
    ['another video than the page shows', player('other', [track('en')]), timed('x'), 200],
    [
      'captions of another site',
      player('tide1', [{ baseUrl: 'https://other.test/', languageCode: 'en' }]),
      timed('x'),
      200,
    ],
    ['captions that come empty', player('tide1', [track('en')]), '', 200],
    ['captions that are refused', player('tide1', [track('en')]), timed('x'), 403],
    ['captions of another shape', player('tide1', [track('en')]), { events: [{ segs: 1 }, null] }, 200],
    ['a player response that is cut', '<script>ytInitialPlayerResponse = {"videoDetails": {</script>', timed('x'), 200],
    ['no player', '<p>words</p>', timed('x'), 200],
  ])('%s: no transcript', async (_name, body, answer, status) => {
    site(answer, status)
    expect(await pageTranscript(pageOf(body), address)).toEqual({ blocks: [], missing: body.includes('"videoId"') })
  })
})

test('paragraphs end with a sentence once they are long, and otherwise in the end', () => {
  const cue = (at: number, text: string) => ({ at, text })
  const blocks = transcriptBlocks([
    cue(0, 'One.'),
    cue(40, 'Two'),
    cue(50, 'and three.'),
    cue(52, 'Four'),
    cue(140, 'without'),
    cue(150, 'end'),
  ])
  expect(blocks.map(({ text }) => text)).toEqual([
    '## Transcript',
    '### 0:00',
    'One. Two and three.',
    '### 0:52',
    'Four without',
    '### 2:30',
    'end',
  ])
})
