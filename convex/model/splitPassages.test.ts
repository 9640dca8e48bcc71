import { describe, expect, it } from 'vitest'
import { splitPassages } from './splitPassages.ts'

const texts = (text: string) => splitPassages(text, []).map(({ start, end }) => text.slice(start, end))
const paragraph = (letter: string) => `${letter.repeat(40)} `.repeat(8).trim()

describe('splitPassages', () => {
  it.each([
    ['empty', '', []],
    ['white space', ' \n\n ', []],
    ['one', 'One line.', ['One line.']],
    ['paragraphs', `${paragraph('a')}\n\n${paragraph('b')}`, [paragraph('a'), paragraph('b')]],
    ['a heading joins what follows', `# Title\n\n${paragraph('a')}`, [`# Title\n\n${paragraph('a')}`]],
    ['list items join', '- a\n- b\n\n- c', ['- a\n- b\n\n- c']],
  ])('%s', (_name, text, passages) => {
    expect(texts(text)).toEqual(passages)
  })

  it('cuts a long block at sentences, keeps every word and stays within the length', () => {
    const text = Array.from({ length: 100 }, (_, index) => `Sentence number ${index} ends here.`).join(' ')
    const parts = texts(text)
    expect(parts.length).toBeGreaterThan(2)
    expect(parts.join(' ')).toBe(text)
    expect(parts.every((part) => part.length <= 1200 && part.endsWith('.'))).toBe(true)
  })

  it('cuts a text without spaces between code points', () => {
    const text = '😀'.repeat(2000)
    const parts = texts(text)
    expect(parts.join('')).toBe(text)
    expect(parts.every((part) => part.isWellFormed())).toBe(true)
  })

  it('never joins two zones, and counts offsets from the base', () => {
    const text = 'Main.\n\nRest.'
    const zones = [
      { zone: 'main' as const, start: 0, end: 107 },
      { zone: 'rest' as const, start: 107, end: 112 },
    ]
    expect(splitPassages(text, zones, 100)).toEqual([
      { zone: 'main', start: 100, end: 105 },
      { zone: 'rest', start: 107, end: 112 },
    ])
  })
})
