import { describe, expect, it } from 'vitest'
import { findQuote } from './find-quote.ts'
import { prepareText } from './prepare-text.ts'

const page = `# Old lighthouse to become a weather station

The disused lighthouse on Marrow Point will become a weather station next spring, the harbour board said on Tuesday. The tower has stood empty since 2009[1], when the last keeper retired and the lamp was not replaced.

“We looked at hotels, at flats, at a museum,” said Ines Carrow, who chairs the board. “None of them would have kept the tower open to everyone.”

The board voted seven to two for the plan — a ﬁne one — which will cost 1.4 million pounds. It stands 41.5 metres above the sea, and its inter\u00ADnational signal was heard 5 km away at -3 °C.

1. Bring two pairs of wool socks.
2. Carry at least two litres of water
3. Leave the heavy tent at home,no matter the storm

| option | default | meaning |
| --- | --- | --- |
| retries | 2 | how often to try again |

> Smoking isn’t allowed here, and non-swimmers are unable to enter.

El faro no está abierto al público. Der Turm ist nicht für alle offen. Le phare n’est pas ouvert au public.

| plan | tabs | files |
| --- | --- | --- |
| small | ✗ | ✓ |

Let it be that x ≤ 5 and n > 3 for all of them. If (left !== right) it stops, and a / b is kept.

โคมไฟจะไม่ปิดในปีนี้ אמר צה"ל היום, נפתח אולם חדש

灯塔不对公众开放。研究人员发现，夏季房间平均低三度。`

const prepared = prepareText(page)

function find(quote: string, near?: { start: number; end: number }) {
  const found = findQuote(prepared, quote, near)
  return found && { match: found.match, words: page.slice(found.start, found.end) }
}

describe('verified', () => {
  it.each([
    ['letter for letter', 'The tower has stood empty since 2009', 'exact'],
    ['a part of a sentence', 'will become a weather station next spring', 'exact'],
    ['white space', 'The tower  has stood\nempty since 2009', 'normalised'],
    ['no-break spaces', 'The tower\u00A0has stood empty since\u202F2009', 'normalised'],
    ['quotation marks', '"We looked at hotels, at flats, at a museum," said Ines Carrow', 'normalised'],
    ['quotation marks within marks', '‘We looked at hotels, at flats, at a museum,’ said Ines Carrow', 'normalised'],
    ['marks left out', 'We looked at hotels, at flats, at a museum, said Ines Carrow', 'normalised'],
    ['an apostrophe', "Smoking isn't allowed here", 'normalised'],
    ['dashes', 'for the plan - a fine one - which', 'normalised'],
    ['double hyphens', 'for the plan--a fine one--which', 'normalised'],
    ['a ligature and a soft hyphen', 'a fine one — which will cost 1.4 million pounds. It stands', 'normalised'],
    ['a soft hyphen', 'its international signal was heard', 'normalised'],
    ['full-width forms', 'Ｔｈｅ tower has stood empty', 'normalised'],
    ['letters composed another way', 'El faro no esta\u0301 abierto al pu\u0301blico', 'normalised'],
    ['a full stop too many', 'a weather station next spring.', 'normalised'],
    ['a comma at its end', 'said on Tuesday,', 'normalised'],
    ['the case of its first letter', 'the tower has stood empty', 'normalised'],
    ['a letter in brackets', '[t]he tower has stood empty', 'normalised'],
    ['a footnote left out', 'The tower has stood empty since 2009, when the last keeper retired', 'normalised'],
    ['the bars of a table', 'retries 2 how often to try again', 'normalised'],
    ['a table’s ruling line', 'option default meaning retries 2 how often', 'normalised'],
    ['items of a list', 'Bring two pairs of wool socks. Carry at least two litres of water', 'normalised'],
    ['numbered items of a list', '2. Carry at least two litres of water 3. Leave the heavy tent', 'normalised'],
    ['a heading and what follows', 'become a weather station The disused lighthouse', 'normalised'],
    ['an ellipsis', 'The tower has stood empty … the last keeper retired', 'normalised'],
    ['an ellipsis in brackets', 'The disused lighthouse on Marrow Point […] said on Tuesday', 'normalised'],
    ['an ellipsis at its ends', '…the last keeper retired and the lamp was not replaced...', 'normalised'],
    ['the bars of a table, written out', '| retries | 2 | how often to try again |', 'exact'],
    ['ticks and crosses', 'small ✗ ✓', 'normalised'],
    ['a formula in code', '`Let it be that x ≤ 5` and n > 3', 'normalised'],
    ['Hebrew marks', 'אמר צה״ל היום, נפתח אולם', 'normalised'],
    ['Chinese', '研究人员发现，夏季房间', 'exact'],
  ] as const)('%s', (_name, quote, match) => {
    expect(find(quote)?.match).toBe(match)
  })

  it('crosses the mark of a PDF’s page, and the words it finds hold the mark', () => {
    const text = 'The gauge was set up in spring.\n\n## Page 12\n\nMussels closed it within a summer.'
    const found = findQuote(prepareText(text), 'set up in spring. Mussels closed it within a summer.')
    expect(found).toEqual({ start: text.indexOf('set up'), end: text.length - 1, match: 'normalised' })
  })

  it('gives the page’s own words', () => {
    expect(find('"we looked at hotels, at flats')?.words).toBe('We looked at hotels, at flats')
    expect(find('a fine one')?.words).toBe('a ﬁne one')
    expect(find('socks. Carry at least two litres')?.words).toBe('socks.\n2. Carry at least two litres')
    expect(find('international signal')?.words).toBe('inter\u00ADnational signal')
  })
})

describe('a paraphrase', () => {
  it.each([
    ['another word', 'The abandoned lighthouse on Marrow Point will become a weather station'],
    ['a word left out', 'The tower has stood since 2009[1], when the last keeper retired'],
    ['a word added', 'The tower has now stood empty since 2009, when the last keeper retired'],
    ['three words', 'when the last guardian left and the light was not replaced'],
    ['another sign', 'We looked at hotels; at flats, at a museum'],
    ['its first word', 'A disused lighthouse on Marrow Point will become a weather station'],
    ['its last word', 'the lighthouse on Marrow Point will become a weather post'],
  ])('%s', (_name, quote) => {
    expect(find(quote)?.match).toBe('paraphrase')
  })
})

describe('what is not on the page', () => {
  it.each([
    ['another number', 'The tower has stood empty since 2008, when the last keeper retired'],
    ['another decimal', 'the plan — a fine one — which will cost 1.5 million pounds'],
    ['a number without its beginning', '4 million pounds. It stands 41.5 metres above the sea'],
    ['a number without its end', 'It stands 41'],
    ['a number in a word', 'The board voted eight to two for the plan'],
    ['another multiple', 'which will cost 1.4 billion pounds'],
    ['another unit', 'its international signal was heard 5 miles away'],
    ['a number without its unit', 'its international signal was heard 5 away'],
    ['a number without its sign', 'its international signal was heard 5 km away at 3 °C'],
    ['a sign left out at its beginning', '3 °C'],
    ['another currency', 'which will cost 1.4 million euros'],
    ['another place', 'The disused lighthouse on Sparrow Point will become a weather station'],
    ['another person', '“We looked at hotels, at flats, at a museum,” said Inez Carrow'],
    ['a person left out', 'at a museum, said Carrow, who chairs the board'],
    ['another day', 'the harbour board said on Wednesday'],
    ['another season', 'will become a weather station next autumn, the harbour board said'],
    ['a negation left out', 'when the last keeper retired and the lamp was replaced'],
    ['a negation added', 'The disused lighthouse on Marrow Point will not become a weather station'],
    ['a short negation left out', 'Smoking is allowed here, and non-swimmers are unable to enter'],
    ['a negating prefix left out', 'Smoking isn’t allowed here, and swimmers are unable to enter'],
    ['a prefix cut off', 'swimmers are unable to enter'],
    ['a contrary', 'Smoking isn’t allowed here, and non-swimmers are able to enter'],
    ['a negation taken for the contrary', 'All of them would have kept the tower open to everyone'],
    ['numbers that changed places', 'The board voted two to seven for the plan'],
    ['a negation in an ellipsis', 'the lamp was … replaced'],
    ['pieces in another order', 'the last keeper retired … The tower has stood empty'],
    ['pieces too short', 'The … of … and … on'],
    ['a negation joined by a comma', 'Leave the heavy tent at home,some matter the storm'],
    ['Spanish', 'El faro está abierto al público'],
    ['German', 'Der Turm ist für alle offen'],
    ['French', 'Le phare est ouvert au public'],
    ['another relation', 'Let it be that x ≥ 5 and n > 3 for all of them'],
    ['a relation left out', 'Let it be that x 5 and n > 3 for all of them'],
    ['another comparison', 'If (left === right) it stops, and a / b is kept'],
    ['another operation', 'If (left !== right) it stops, and a * b is kept'],
    ['a tick for a cross', 'plan tabs files small ✓ ✓'],
    ['a Thai negation cut off', 'ปิดในปีนี้'],
    ['Chinese', '灯塔对公众开放'],
    ['a Chinese negation cut off', '对公众开放'],
    ['a Chinese number', '夏季房间平均低四度'],
    ['too many other words', 'The abandoned beacon near Marrow Point may turn into a weather station'],
    ['something else', 'Ferries leave the harbour every hour of the day'],
    ['signs only', '… — …'],
    ['nothing', ''],
  ])('%s', (_name, quote) => {
    expect(find(quote)).toBeNull()
  })
})

describe('of several places', () => {
  const twice = prepareText(
    'One lamp is lit at night. “Two keepers” live here.\n\nOne lamp is lit at night. "Two keepers" live here.',
  )

  it.each([
    ['the first', 'One lamp is lit', undefined, 0],
    ['the one near', 'One lamp is lit', { start: 52, end: 100 }, 52],
    ['the first when none is near', 'One lamp is lit', { start: 20, end: 40 }, 0],
    ['a normalised one near rather than an exact one elsewhere', '“Two keepers” live', { start: 52, end: 110 }, 79],
    ['a paraphrase near', 'One lamp is burning at night', { start: 52, end: 110 }, 52],
  ] as const)('%s', (_name, quote, near, start) => {
    expect(findQuote(twice, quote, near)?.start).toBe(start)
  })
})

describe('hostile text', () => {
  const length = 1_000_000
  it.each([
    ['one letter', 'a'.repeat(length), 'a'.repeat(999)],
    ['one letter, another at the end', 'a'.repeat(length), `${'a'.repeat(999)}b`],
    ['one letter, another at the beginning', 'a'.repeat(length), `b${'a'.repeat(999)}`],
    ['one word', 'at '.repeat(length / 3), `${'at '.repeat(300)}on ${'at '.repeat(20)}`],
    [
      'one sentence',
      'The lamp is lit at 5 every night. '.repeat(length / 34),
      'The lamp is lit at 6 every night, they say.',
    ],
    ['marks on a letter', `e${'\u0301'.repeat(length)}`, 'the lamp is lit at night'],
    ['dashes', '-'.repeat(length), '- - - - a b c d'],
    ['line marks', '> # - '.repeat(length / 6), 'the lamp is lit at night'],
    ['rulings', '| --- x\n'.repeat(length / 8), 'the lamp is lit at night'],
    ['brackets', '['.repeat(length), '[[[[ the lamp is lit at night'],
    ['dots', '.'.repeat(length), 'the lamp ... is lit ... at night'],
    ['Chinese', '不对公众'.repeat(length / 4), '对公众不对公众不对公众'],
  ])('%s ends', (_name, text, quote) => {
    const found = findQuote(prepareText(text), quote)
    expect(found === null || found.end <= text.length).toBe(true)
  })
})
