const player = {
  videoDetails: { videoId: 'tide1' },
  captions: {
    playerCaptionsTracklistRenderer: { captionTracks: [{ baseUrl: '/timedtext?v=tide1', languageCode: 'en' }] },
  },
}

/** A page that tells its player of a video and its captions in the way of YouTube. Its video is `tide1`. */
export const videoPage = `<!doctype html>
<html lang="en">
  <head><meta charset="utf-8"><title>The gauge at the north quay</title></head>
  <body>
    <script>var ytInitialPlayerResponse = ${JSON.stringify(player)};</script>
    <main>
      <h1>The gauge at the north quay</h1>
      <p>A walk along the harbour with the keeper of its tide gauge, in three parts. The notebook that he reads from is kept in the library of the town, where anyone may ask for it.</p>
    </main>
  </body>
</html>
`

export const captions = JSON.stringify({
  events: [
    { tStartMs: 0, segs: [{ utf8: 'The surge came in November' }] },
    { tStartMs: 4_000, segs: [{ utf8: 'and lasted ' }, { utf8: 'for 31 hours.' }] },
    { tStartMs: 60_000, segs: [{ utf8: 'Nobody has explained it since.' }] },
  ],
})
