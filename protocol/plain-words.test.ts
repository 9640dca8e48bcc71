import { expect, test } from 'vitest'
import { plainWords } from './plain-words.ts'

const segmenter = new Intl.Segmenter('en', { granularity: 'word' })

function segmented(text: string): number {
  let words = 0
  for (const { isWordLike } of segmenter.segment(text)) if (isWordLike === true) words++
  return words
}

/** One of each kind that the rules tell apart, a space, and characters that are left to the segmenter. */
const telling = ['a', 'é', 'я', '1', '_', ':', ',', "'", '’', '-', ' ', '\n', '\u0301', '\u00ad', '水', '\u{1f600}']

test('every character counts as it does for the segmenter, beside each kind', () => {
  for (let code = 0; code < 0x2800; code++) {
    const character = String.fromCharCode(code)
    if (plainWords(character).rest !== '') continue
    for (const text of [
      'a%b',
      '1%2',
      'a%1',
      '1%a',
      '_%_',
      '%',
      '%%',
      'a%',
      '%a',
      '1%%2',
      'a% %b',
      "a'%",
      "%'a",
      '1.%',
    ]) {
      const filled = text.replaceAll('%', () => character)
      expect([code.toString(16), text, plainWords(filled).words]).toEqual([code.toString(16), text, segmented(filled)])
    }
  }
})

test('what is left over, segmented, and what is counted are all words', () => {
  let seed = 7
  const next = (below: number): number => (seed = (seed * 48_271) % 2_147_483_647) % below
  for (let round = 0; round < 5_000; round++) {
    const text = Array.from({ length: 1 + next(14) }, () => telling[next(telling.length)]).join('')
    const { words, rest } = plainWords(text)
    expect([text, words + segmented(rest)]).toEqual([text, segmented(text)])
  }
})
