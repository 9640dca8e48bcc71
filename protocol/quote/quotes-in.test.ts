import { describe, expect, it } from 'vitest'
import { MAX_QUOTES, quotesIn } from './quotes-in.ts'

const texts = (markdown: string) => quotesIn(markdown).map(({ text }) => text)

describe('quotation marks', () => {
  it.each([
    ['English', 'It says “the tower opened in 1871” there.', 'the tower opened in 1871'],
    ['straight', 'It says "the tower opened in 1871" there.', 'the tower opened in 1871'],
    ['British', 'It says ‘the tower wasn’t open then’ there.', 'the tower wasn’t open then'],
    ['straight single', "It says 'the tower's lamp is out' there.", "the tower's lamp is out"],
    ['German', 'Dort steht „der Turm ist heute offen“ zu lesen.', 'der Turm ist heute offen'],
    ['German, English end', 'Dort steht „der Turm ist heute offen” zu lesen.', 'der Turm ist heute offen'],
    ['German, pointing in', 'Dort steht »der Turm ist heute offen« zu lesen.', 'der Turm ist heute offen'],
    ['French', 'On lit « la tour est ouverte à tous » ici.', 'la tour est ouverte à tous'],
    ['Swiss', 'On lit ‹la tour est ouverte à tous› ici.', 'la tour est ouverte à tous'],
    ['Swedish', 'Det står ”tornet är öppet för alla” där.', 'tornet är öppet för alla'],
    ['Finnish', 'Siinä lukee »torni on nyt kaikille avoin» tänään.', 'torni on nyt kaikille avoin'],
    ['Polish', 'Napis „wieża jest otwarta dla wszystkich” tam jest.', 'wieża jest otwarta dla wszystkich'],
    ['Japanese', 'そこに「塔は千八百七十一年に開館した」とある。', '塔は千八百七十一年に開館した'],
    ['Chinese', '页面说“灯塔于去年重新对外开放”。', '灯塔于去年重新对外开放'],
    ['full-width', '页面说＂灯塔于去年重新对外开放＂。', '灯塔于去年重新对外开放'],
  ])('%s', (_name, markdown, text) => {
    const [quote, ...more] = quotesIn(markdown)
    expect(more).toEqual([])
    expect(quote?.text).toBe(text)
    const written = markdown.slice(quote?.start, quote?.end)
    expect(written.replace(/\s/g, '').slice(1, -1)).toBe(text.replace(/\s/g, ''))
  })

  it.each([
    ['a quotation within one', '“We “really” looked at it all”', ['We “really” looked at it all']],
    ['one that begins with another', '““We looked at hotels,” said Ines.”', ['“We looked at hotels,” said Ines.']],
    ['German within English', '“He said „no“ and went away”', ['He said „no“ and went away']],
    ['straight within straight', '"He said "no way" to all of it"', ['He said "no way" to all of it']],
    ['too short', 'The “board” and the “second survey”', []],
    ['long without spaces', 'the “internationalisation” of it', ['internationalisation']],
    ['never ended', '“this one goes on and on for ever', []],
    ['never ended before one that is', '“this one goes on.\n\nBut “this one has an end”', ['this one has an end']],
    ['over a line break', '“the tower opened\nin 1871”', ['the tower opened in 1871']],
    ['not over two list items', '- “the tower opened\n- in 1871 it was”', []],
    ['an inch in the way', 'a 5" pipe, and "the pipe is in stock"', ['the pipe is in stock']],
    ['apostrophes only', "the keepers' house and the dogs' tails and it's fine", []],
    ['a plural’s apostrophe', 'It says ‘the dogs’ bowls are full’ there', ['the dogs’ bowls are full']],
    [
      'plurals’ apostrophes',
      "It says 'the keepers' dogs' bowls aren't full'.",
      ["the keepers' dogs' bowls aren't full"],
    ],
    ['an end that looks like one', 'It says ‘the bowls are for dogs’ and no more', ['the bowls are for dogs']],
    [
      'two of them',
      'It says ‘the bowls are for dogs’ and ‘the hay is for horses’.',
      ['the bowls are for dogs', 'the hay is for horses'],
    ],
    ['a plural after one', 'It says ‘the bowls are for dogs’ of the keepers’ own', ['the bowls are for dogs']],
    ['in a table', '| a | “the tower opened in 1871” | b |', ['the tower opened in 1871']],
    ['in a heading', '## “The tower opened in 1871”', ['The tower opened in 1871']],
  ])('%s', (_name, markdown, expected) => {
    expect(texts(markdown)).toEqual(expected)
  })
})

describe('Markdown', () => {
  it.each([
    ['escapes', String.raw`“set \*all\* of \[these\] to \`0\` now”`, 'set *all* of [these] to `0` now'],
    ['emphasis', '“set **all** of *these* to _zero_ now”', 'set all of these to zero now'],
    ['underscores in words', '“set snake_case_name to zero now”', 'set snake_case_name to zero now'],
    [
      'underscores of a formula',
      '“it is _so_ that x_{1} and y_{2} are zero”',
      'it is so that x_{1} and y_{2} are zero',
    ],
    ['code within', '“set `retries` to zero right now”', 'set retries to zero right now'],
    ['a link within', '“set [these](https://example.com/a) to zero now”', 'set these to zero now'],
    ['entities', '&ldquo;salt &amp; pepper &lt;here&gt; now&rdquo;', 'salt & pepper <here> now'],
    ['a line break', '“the tower<br>opened in 1871 then”', 'the tower opened in 1871 then'],
    ['emphasis around', '*“the tower opened in 1871”*', 'the tower opened in 1871'],
  ])('%s', (_name, markdown, text) => {
    expect(texts(markdown)).toEqual([text])
  })

  it.each([
    ['fenced', '```\n“this is code, not a quote”\n```'],
    ['fenced and never ended', '~~~js\n“this is code, not a quote”'],
    ['inline', '`“this is code, not a quote”`'],
    ['quoted', '> ```\n> “this is code, not a quote”\n> ```'],
  ])('%s code holds none', (_name, markdown) => {
    expect(texts(markdown)).toEqual([])
  })
})

describe('blockquotes', () => {
  it.each([
    ['one line', '> Short.', ['Short.']],
    ['lines', 'So:\n\n> We looked at hotels,\n> at flats.\n\nYes.', ['We looked at hotels, at flats.']],
    ['paragraphs', '> One of them.\n>\n> And two of them.', ['One of them.', 'And two of them.']],
    ['in a list', '- > One of them.', ['One of them.']],
    ['with a list', '> - One of them.\n> - Two of them.', ['One of them.', 'Two of them.']],
    ['in marks', '> “None of them would.”', ['None of them would.']],
    ['in marks, with a name', '> “None of them would.” — Ines Carrow', ['None of them would.']],
    ['with a name on its own line', '> None of them would.\n> — Ines Carrow', ['None of them would.']],
    ['with marks inside', '> “None,” she said, “of them would.”', ['“None,” she said, “of them would.”']],
    ['of nothing', '>\n> ***\n', []],
    ['of an alert', '> [!NOTE]\n> One of them.', ['One of them.']],
  ])('%s', (_name, markdown, expected) => {
    expect(texts(markdown)).toEqual(expected)
  })
})

describe('passage marks', () => {
  const passage = { page: 1, order: 11 }
  it.each([
    ['after a space', '“the tower opened in 1871” [1.12]', passage],
    ['at once', '“the tower opened in 1871”[1.12]', passage],
    ['after a full stop', '“the tower opened in 1871”. [1.12]', passage],
    ['after emphasis', '*“the tower opened in 1871”* [1.12]', passage],
    ['with the letter', '“the tower opened in 1871” [P1.12]', passage],
    ['several', '“the tower opened in 1871” [1.12] [2.3]', passage],
    ['a list', '“the tower opened in 1871” [1.12, 1.13]', passage],
    ['in other brackets', '“the tower opened in 1871”【1.12】', passage],
    ['escaped', String.raw`“the tower opened in 1871” \[1.12\]`, passage],
    ['inside', '“the tower opened in 1871 [1.12]”', passage],
    ['of a blockquote', '> the tower opened in 1871 [1.12]', passage],
    ['below a blockquote', '> the tower opened in 1871\n\n[1.12]', passage],
    ['a number of something else', '“the tower opened in 1871” [12]', undefined],
    ['a passage that cannot be', '“the tower opened in 1871” [0.4]', undefined],
    ['a link', '“the tower opened in 1871” [page](https://example.com/1.12)', undefined],
  ])('%s', (_name, markdown, expected) => {
    const [quote] = quotesIn(markdown)
    expect(quote?.text).toBe('the tower opened in 1871')
    expect(quote?.passage).toEqual(expected)
    const plain = '“the tower opened in 1871”'
    expect(markdown.slice(quote?.start, quote?.end).trim()).toBe(expected ? markdown.replace(/^\*/, '') : plain)
  })
})

it('reads so many and no more', () => {
  expect(quotesIn('“the tower opened in 1871” '.repeat(MAX_QUOTES + 5))).toHaveLength(MAX_QUOTES)
})

it.each([
  ['opening marks', '“'],
  ['straight marks', ' "a'],
  ['ticks', 'a `b ``c ```d '],
  ['links', '[a](b) '],
  ['brackets', '] ](('],
  ['marks of passages', '"a b c d" [1.1, '],
  ['blockquotes', '> '],
])('takes a long answer of nothing but %s', (_name, piece) => {
  expect(quotesIn(piece.repeat(Math.floor(300_000 / piece.length))).length).toBeLessThanOrEqual(MAX_QUOTES)
})
