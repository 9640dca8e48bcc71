import { expect, it } from 'vitest'
import { findQuote } from '../../../protocol/quote/find-quote.ts'
import { prepareText } from '../../../protocol/quote/prepare-text.ts'
import { quotesIn } from '../../../protocol/quote/quotes-in.ts'
import { Breath } from './breath.ts'
import { samples } from './samples.fixture.ts'
import { writeReply } from './writeReply.ts'

const difficult = {
  marks: `“We looked at hotels,” said Ines Carrow. “None of them would have kept the tower open to everyone.” The board's
vote was 7–2 — *final*, it said, & <b>binding</b>; see [the minutes](x) for all of it.

Set \`retries\` to zero, or pass snake_case_names and 2*3 as C:\\temp\\new | old, to switch it off &amp; on again.

»Wir haben „alles“ geprüft«, sagte sie am Montag im Rathaus. The keeper’s cottage – sold in 2009 – stands empty now.`,
  list: `1. Bring two pairs of wool socks, because wet cotton causes blisters.
2. Carry at least two litres of water; the springs run dry in August.

> A paper map works when the battery of the phone does not.

| option | meaning of the option here |
| --- | --- |
| retries | how often the client tries again |`,
}
const questions = [
  '',
  'What did the board say?',
  'How do I switch off retries?',
  'Was kostet ein Sitzplatz?',
  '怎么领取菜地？',
]

it.each([
  ...Object.entries(samples).map(([name, { text, lang }]) => [name, text, lang] as const),
  ...Object.entries(difficult).map(([name, text]) => [name, text, 'en'] as const),
])('all that is quoted of %s is verified', async (_name, text, lang) => {
  const prepared = prepareText(text)
  let quotes = 0
  for (const question of questions) {
    const task = question === '' ? 'summarise' : 'ask'
    const pages = [{ kind: 'page' as const, title: 'A page', lang, text, address: 'https://example.com/' }]
    const markdown = await writeReply({ task, question, pages }, new Breath())
    const found = quotesIn(markdown)
    expect(found).toHaveLength(markdown.match(/^(?:- |> )/gm)?.length ?? 0)
    for (const quote of found) {
      expect([quote.text, findQuote(prepared, quote.text)?.match]).toEqual([
        quote.text,
        expect.stringMatching(/exact|normalised/),
      ])
    }
    quotes += found.length
  }
  expect(quotes).toBeGreaterThan(1)
})
