import { expect, test } from 'vitest'
import { seededRandom } from '../values/seeded-random.ts'
import { documentTerms, queryTerms } from './tokenize.ts'

test.each([
  [
    'words, lower-cased, without punctuation',
    'The quick-brown fox’s 3.5 €',
    ['the', 'quick', 'brown', 'fox', 's', '3', '5'],
  ],
  ['letters of every script', 'Größe ДОМ αβγ नमस्ते 고양이', ['größe', 'дом', 'αβγ', 'नमस्ते', '고양이']],
  ['composed and decomposed letters alike', 'e\u0301te\u0301', ['été']],
  ['nothing of signs alone', '… — ❤️ !?', []],
  ['long words cut', 'x'.repeat(40), ['x'.repeat(32)]],
  ['no half of a surrogate pair', `${'x'.repeat(31)}𝒜𝒜`, ['x'.repeat(31)]],
  ['pairs of characters where words are not parted', '東京都、猫', ['東京', '京都', '都', '猫']],
  ['the mark of a long vowel with its script', 'スーパー', ['スー', 'ーパ', 'パー', 'ー']],
  ['scripts beside each other', 'iPhone15を買う', ['iphone15', 'を買', '買う', 'う']],
])('a document gives %s', (_name, text, terms) => {
  expect(documentTerms(text)).toEqual(terms)
})

const exact = (text: string) => ({ text, isPrefix: false })
const prefix = (text: string) => ({ text, isPrefix: true })

test.each([
  ['the last word is a beginning', 'Hello wor', [exact('hello'), prefix('wor')]],
  ['each word once', 'a b a', [prefix('a'), exact('b')]],
  ['a single character of a script without spaces is a beginning', '猫 dog', [prefix('猫'), prefix('dog')]],
  ['pairs, without the last character alone', '東京都 x', [exact('東京'), exact('京都'), prefix('x')]],
  ['nothing', ' … ', []],
  ['no more than the first terms, of which the last is a beginning', 'a b c d', [exact('a'), exact('b'), prefix('c')]],
])('in a query %s', (_name, text, terms) => {
  expect(queryTerms(text, 3)).toEqual(terms)
})

test('letters, numbers and the marks on them are words, whatever the text', () => {
  const word = /[\p{Alphabetic}\p{N}][\p{Alphabetic}\p{N}\p{M}]*/gu
  const random = seededRandom(7)
  // Up to the first script without spaces.
  const unit = () => String.fromCharCode(Math.floor(random() ** 2 * 0x0e00))
  for (let times = 0; times < 300; times++) {
    const text = Array.from({ length: 60 }, unit).join(times % 3 === 0 ? ' ' : '')
    const expected = text.normalize('NFC').toLowerCase().match(word) ?? []
    expect(documentTerms(text)).toEqual(expected.map((found) => found.slice(0, 32)))
  }
})
