import { describe, expect, test } from 'vitest'
import { locateSelection } from './locate-selection.ts'

const part = (text: string, prefix = '', suffix = '') => ({ text, prefix, suffix })
const found = (text: string, ...parts: ReturnType<typeof part>[]) =>
  locateSelection(text, parts).map(({ start, end }) => text.slice(start, end))

const page = `# The harbour

The keeper wrote “high water at 4.10” and went home.

- The **gauge** stands on the quay.
- It has a float; the float moves a pen.

| port | range |
| --- | --- |
| Marrow | 4.2 m |

The keeper wrote nothing on Sundays. The keeper wrote nothing at night.`

describe('locateSelection', () => {
  test.each([
    ['letter for letter', part('went home'), 'went home'],
    ['with its full stop', part('and went home.'), 'and went home.'],
    ['with other quotation marks', part('wrote "high water'), 'wrote “high water'],
    ['from the middle of a word', part('eeper wrote “high'), 'eeper wrote “high'],
    ['as a browser shows capitals', part('THE KEEPER WROTE “HIGH'), 'The keeper wrote “high'],
    ['over emphasis', part('The gauge stands'), 'The **gauge** stands'],
    ['over list items', part('stands on the quay.\nIt has a float'), 'stands on the quay.\n- It has a float'],
    ['over the cells of a table', part('Marrow\t4.2 m'), 'Marrow | 4.2 m'],
    ['of marks alone', part('**'), '**'],
  ])('%s', (_name, selection, words) => {
    expect(found(page, selection)).toEqual([words])
  })

  test.each([
    ['the first', '', ' nothing on', 0],
    ['the second by what follows', '', ' nothing at night', 1],
    ['the second by what stands before', 'on Sundays. ', '', 1],
    ['the first when nothing tells', '', '', 0],
  ])('of several places with the same words: %s', (_name, prefix, suffix, at) => {
    const text = 'The keeper wrote nothing on Sundays. The keeper wrote nothing at night.'
    const start = at === 0 ? 0 : text.lastIndexOf('The keeper')
    expect(locateSelection(text, [part('The keeper wrote', prefix, suffix)])).toEqual([{ start, end: start + 16 }])
  })

  test.each(['words that stand nowhere', '  ', '≠'])('%j is not found', (text) => {
    expect(locateSelection(page, [part(text)])).toEqual([])
  })

  test('several parts, in the order of the text, and those alone that stand there', () => {
    expect(found(page, part('a pen'), part('nowhere at all'), part('went home'))).toEqual(['went home', 'a pen'])
  })

  test('the same words selected twice are one place', () => {
    expect(found(page, part('went home'), part('went home'))).toEqual(['went home'])
  })

  test('a selection of many words, of which the page holds the beginning and the end', () => {
    const words = Array.from({ length: 400 }, (_, at) => `word${at}`)
    const text = `Before. ${words.join(' ')}. After.`
    const selected = words.toSpliced(200, 3, 'an', 'advertisement', 'between').join(' ')
    expect(found(text, part(selected))).toEqual([words.join(' ')])
  })

  test('its beginning far from its end is no place', () => {
    const words = Array.from({ length: 40 }, (_, at) => `word${at}`)
    const text = `${words.slice(0, 20).join(' ')} ${'filler '.repeat(500)} ${words.slice(20).join(' ')}`
    expect(found(text, part(words.join(' ')))).toEqual([])
  })

  test('text without spaces between words', () => {
    expect(found('港口的潮水。很高。潮水退了。', part('潮水退了', '很高。'))).toEqual(['潮水退了'])
  })
})
