/** An article whose parts stand in a closed `<details>`, in an open shadow root, and in a frame of the same origin. */
export const nooks = `<!doctype html>
<html lang="en">
  <head><meta charset="utf-8"><title>Where a harbour keeps things</title></head>
  <body>
    <main>
      <h1>Where a harbour keeps things</h1>
      <p>Most of what a harbour owns lies in plain sight on the quay, and is looked at by nobody who works there.</p>
      <details><summary>The shed</summary><p>The spare float hangs in the shed behind the third nail from the left, wrapped in an old chart.</p></details>
      <div id="office"><template shadowrootmode="open"><p>The key of the office lies under a bollard that has been painted twice since anyone needed it.</p></template></div>
      <iframe title="The cellar" width="600" height="120" srcdoc="<p>In the cellar stands a barometer which has agreed with the weather for some nineteen years now.</p>"></iframe>
      <p style="margin-top: 2500px">At the far end of the mole there is a lamp, and whoever lights it is asked to write down when.</p>
    </main>
  </body>
</html>
`
