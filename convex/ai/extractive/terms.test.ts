import { describe, expect, it } from 'vitest'
import { lengthWeight, termsOf } from './terms.ts'

describe('termsOf', () => {
  it.each([
    ['English', 'The reader’s notes, 2nd edition.', ['the', 'reader', 'notes', '2nd', 'edition']],
    ['German', 'Große Wälder', ['große', 'wälder']],
    ['Chinese in pairs', '人工智能 GPT模型', ['人工', '工智', '智能', 'gpt', '模型']],
    ['one character', '水', ['水']],
    ['Arabic with marks', 'كِتَاب جديد', ['كِتَاب', 'جديد']],
    ['Hindi keeps its vowels', 'हिन्दी भाषा', ['हिन्दी', 'भाषा']],
    ['full width', 'ＡＢＣ', ['abc']],
    ['nothing', '—…!', []],
  ])('%s', (_name, text, terms) => {
    expect(termsOf(text)).toEqual(terms)
  })

  it('splits Thai by dictionary', () => {
    expect(termsOf('สวัสดีชาวโลก', 'th').length).toBeGreaterThan(1)
  })
})

describe('lengthWeight', () => {
  it('takes short alphabetic words for grammar, but no others', () => {
    expect(lengthWeight('of')).toBeLessThan(lengthWeight('the'))
    expect(lengthWeight('the')).toBeLessThan(lengthWeight('engine'))
    expect(lengthWeight('人工')).toBe(1)
  })
})
