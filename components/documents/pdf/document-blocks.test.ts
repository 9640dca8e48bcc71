import { describe, expect, test } from 'vitest'
import { documentBlocks } from './document-blocks.ts'
import type { TextLine } from './text-lines.ts'

interface Setting {
  readonly left?: number
  readonly top?: number
  readonly size?: number
}

/** Lines set below one another, a tenth of an em for each letter but for what a line says of itself. */
function set(lines: readonly (string | (Setting & { readonly text: string }))[], setting: Setting = {}): TextLine[] {
  const { left = 72, top = 770, size = 10 } = setting
  return lines.flatMap((line, at) => {
    const own = typeof line === 'string' ? { text: line } : line
    if (own.text === '') return []
    const start = own.left ?? left
    const ownSize = own.size ?? size
    return [
      {
        text: own.text,
        start,
        end: start + own.text.length * ownSize * 0.5,
        base: own.top ?? top - at * size * 1.2,
        size: ownSize,
        angle: 0,
      },
    ]
  })
}

const texts = (...pages: TextLine[][]): string[] => documentBlocks(pages).map(({ text }) => text)

describe('paragraphs', () => {
  test.each<[name: string, lines: TextLine[], paragraphs: string[]]>([
    [
      'lines of one',
      set(['The gauge at the north quay was set', 'up with a hole of 25 millimetres.']),
      ['The gauge at the north quay was set up with a hole of 25 millimetres.'],
    ],
    [
      'a gap',
      set(['One paragraph that', 'stands on its lines', '', 'another below a gap']),
      ['One paragraph that stands on its lines', 'another below a gap'],
    ],
    [
      'an indent',
      set([
        'A first paragraph that fills its lines to',
        'the right and ends with all it has here.',
        { text: 'Another that is indented and goes on', left: 82 },
        'below.',
      ]),
      [
        'A first paragraph that fills its lines to the right and ends with all it has here.',
        'Another that is indented and goes on below.',
      ],
    ],
    [
      'a short last line',
      set(['A first paragraph that fills its line', 'and ends.', 'Another one that fills its own line', 'and ends.']),
      ['A first paragraph that fills its line and ends.', 'Another one that fills its own line and ends.'],
    ],
    [
      'entries that hang',
      set([
        'Aske, T. The reading of tides from a pipe',
        { text: 'in the harbour wall, second edition', left: 84 },
        'Borg, L. Mussels and what they close when',
        { text: 'nobody looks for a summer', left: 84 },
      ]),
      [
        'Aske, T. The reading of tides from a pipe in the harbour wall, second edition',
        'Borg, L. Mussels and what they close when nobody looks for a summer',
      ],
    ],
    [
      'items',
      set(['• a float that hangs', '• a pipe with a hole', '1. the first thing;', '2. the second']),
      ['- a float that hangs', '- a pipe with a hole', '1. the first thing;', '2. the second'],
    ],
    [
      'a heading of two lines',
      set([
        { text: 'What the curve', size: 18, top: 800 },
        { text: 'cannot say', size: 18, top: 778 },
        { text: 'A low pressure raises the sea by about one', top: 750 },
        { text: 'centimetre for each hectopascal missing.', top: 738 },
      ]),
      [
        '### What the curve cannot say',
        'A low pressure raises the sea by about one centimetre for each hectopascal missing.',
      ],
    ],
    [
      'cells of a row',
      set([
        { text: 'High water', top: 700 },
        { text: '04:12', left: 300, top: 700 },
      ]),
      ['High water 04:12'],
    ],
  ])('%s', (_name, lines, paragraphs) => {
    expect(texts(lines)).toEqual(['## Page 1', ...paragraphs])
  })
})

describe('hyphens at the end of a line', () => {
  test.each<[name: string, lines: string[], joined: string]>([
    ['a broken word', ['the rea-', 'ding of tides'], 'the reading of tides'],
    ['a soft one', ['the rea\u00AD', 'ding of tides'], 'the reading of tides'],
    [
      'a word with a hyphen of its own',
      ['a well-known tide, and how well-', 'known it was'],
      'a well-known tide, and how well-known it was',
    ],
    ['a name', ['of the Baltic-', 'Nordic coast'], 'of the Baltic-Nordic coast'],
    ['a range', ['the years 1990–', '2000 were calm'], 'the years 1990–2000 were calm'],
    ['a dash', ['it came –', 'and went'], 'it came – and went'],
    ['Japanese', ['潮の高さは毎日', '二回記録される。'], '潮の高さは毎日二回記録される。'],
    ['Korean', ['조수의 높이는', '매일 기록된다'], '조수의 높이는 매일 기록된다'],
  ])('%s', (_name, lines, joined) => {
    expect(texts(set(lines))).toEqual(['## Page 1', joined])
  })
})

const body = ['The keeper compared the float with a staff', 'that was painted on the wall, and wrote what']
const more = ['they differed by into the margin of the', 'chart. It was never corrected there.']
const joined = [...body, ...more].join(' ')

describe('what runs over the end of', () => {
  test('a page is in one piece, before the mark of the next', () => {
    expect(texts(set(body), set([...more, '', 'Another paragraph.']))).toEqual([
      '## Page 1',
      joined,
      '## Page 2',
      'Another paragraph.',
    ])
  })

  test('a page in the middle of a word', () => {
    expect(texts(set(['It was cor-']), set(['rected on the chart.']))).toEqual([
      '## Page 1',
      'It was corrected on the chart.',
      '## Page 2',
    ])
  })

  test('a page with notes at its foot', () => {
    const note = { text: '1 The staff was painted again in spring.', size: 8, top: 80 }
    expect(texts([...set(body), ...set([note])], set(more))).toEqual([
      '## Page 1',
      joined,
      '1 The staff was painted again in spring.',
      '## Page 2',
    ])
  })

  test('two pages', () => {
    expect(texts(set(body), set(['they differed by into the margin, and']), set(['then went home.']))).toEqual([
      '## Page 1',
      `${body.join(' ')} they differed by into the margin, and then went home.`,
      '## Page 2',
      '## Page 3',
    ])
  })

  test('a column', () => {
    expect(texts([...set(body), ...set(more, { left: 330 })])).toEqual(['## Page 1', joined])
  })

  test('nothing: a page that ends with a sentence', () => {
    expect(texts(set([...body, 'they found.']), set(['Another paragraph', 'of two lines.']))).toEqual([
      '## Page 1',
      `${body.join(' ')} they found.`,
      '## Page 2',
      'Another paragraph of two lines.',
    ])
  })
})

describe('heads and feet', () => {
  const bodies = [
    ['The first page of the report says that', 'the gauge was set up in spring, and that'],
    ['the hole was closed by mussels in a single', 'summer, when the curve went flat and'],
    ['nobody looked at it for eleven days.', 'Then somebody did.'],
  ]
  const pages = bodies.map((lines, at) => [
    ...set(['Annual report of the harbour'], { top: 810, size: 8 }),
    ...set(lines),
    ...set([`${at + 11}`], { top: 40, size: 8 }),
  ])

  test('do not stand in the middle of sentences; what they say comes once, as rest', () => {
    const blocks = documentBlocks(pages)
    expect(blocks.map(({ text }) => text)).toEqual([
      '## Page 1',
      `${bodies.flat().slice(0, 5).join(' ')} Then somebody did.`,
      '## Page 2',
      '## Page 3',
      'Annual report of the harbour',
    ])
    expect(blocks.map(({ zone }) => zone)).toEqual(['main', 'main', 'main', 'main', 'rest'])
  })

  test('are text where they are all there is on a page', () => {
    const slide = (at: number): TextLine[] => set([`Slide ${at}`])
    expect(texts(slide(1), slide(2), slide(3))).toEqual([
      '## Page 1',
      'Slide 1',
      '## Page 2',
      'Slide 2',
      '## Page 3',
      'Slide 3',
    ])
  })
})

test('a page without text has its mark', () => {
  expect(texts(set(['One.']), [], set(['Three.']))).toEqual(['## Page 1', 'One.', '## Page 2', '## Page 3', 'Three.'])
})

test('characters that nobody sees are left out', () => {
  expect(texts(set(['tide\u{E0041}\u200B gauge']))).toEqual(['## Page 1', 'tide gauge'])
})

test('half a million lines take time with their number, not with its square', () => {
  const page = Array.from({ length: 250 }, (_, at) => `a paragraph that never ends ${'x'.repeat(at % 9)}`)
  const started = performance.now()
  const blocks = documentBlocks(Array.from({ length: 2_000 }, () => set(page, { top: 3_000 })))
  expect(blocks.filter(({ kind }) => kind === 'paragraph').length).toBeLessThan(10)
  expect(performance.now() - started).toBeLessThan(30_000)
})
