/** A short article with facts that can be asked about. */
export const tides = `<!doctype html>
<html lang="en">
  <head><meta charset="utf-8"><title>How a harbour reads the tide</title></head>
  <body>
    <nav><a href="/sample">Another page</a></nav>
    <main>
      <article>
        <h1>How a harbour reads the tide</h1>
        <p>A tide gauge is a pipe that stands in the water with a small hole near its foot. Waves pass too quickly for the water inside to follow them, while the tide comes slowly enough to fill and empty the pipe, so that what moves in it is the tide alone.</p>
        <p>The gauge at the north quay was set up with a hole of 25 millimetres. A larger hole let the swell in; a smaller one was closed by mussels within a single summer, and the curve on the drum went flat for eleven days before anyone noticed.</p>
        <p>Twice a day the keeper compared the float with a painted staff on the wall. The difference was written in the margin of the chart, and never corrected on the chart itself, because a reading that has been improved can no longer be checked.</p>
        <h2>What the curve cannot say</h2>
        <p>A low pressure raises the sea by about one centimetre for each hectopascal that is missing, and wind along the coast can add as much again. The gauge records the sum. To tell the parts from one another the harbour keeps a barometer beside it, and a notebook for the wind.</p>
        <p>The longest surge in the notebook lasted 31 hours. It is the only one for which the margin holds a drawing: a small wave, with an arrow, and the word twice.</p>
      </article>
    </main>
    <footer>Written for the tests of Gloss.</footer>
  </body>
</html>
`
