import { expect, test } from 'vitest'
import { findPassage } from './find-passage.ts'

function found(text: string, words: string, prefix = '', suffix = ''): string | undefined {
  const passage = findPassage(text, { words, prefix, suffix })
  return passage && text.slice(passage.start, passage.end)
}

test.each([
  ['as it stands', 'One. The tide comes twice a day. Two.', 'The tide comes twice a day', 'The tide comes twice a day'],
  ['other white space', 'The  tide\n\tcomes twice', 'tide comes twice', 'tide\n\tcomes twice'],
  [
    'a list with marks',
    'a\nfirst thing\nsecond thing\nb',
    '- first thing\n- second thing',
    'first thing\nsecond thing',
  ],
  [
    'a numbered list',
    'a\nfirst thing\nsecond thing\nb',
    '1. first thing\n2. second thing',
    'first thing\nsecond thing',
  ],
  ['a number that is a word', 'It was 1871. The year began.', '1871. The year began', '1871. The year began'],
  ['a table', 'low pressure\n1 cm', '| low pressure | 1 cm |', 'low pressure\n1 cm'],
  ['signs that nobody sees', 'har\u00ADbour 1\uFE0F quay', 'harbour 1 quay', 'har\u00ADbour 1\uFE0F quay'],
  ['in a script without spaces', '潮は一日に二度満ちる。', '一日に二度満ちる', '一日に二度満ちる'],
])('%s', (_name, text, words, expected) => {
  expect(found(text, words)).toBe(expected)
})

test.each([
  ['other words', 'The tide comes once a day.', 'The tide comes twice a day'],
  ['another number', 'It lasted 32 hours in all.', 'It lasted 31 hours in all'],
  ['another currency', 'It costs £ 25 a day.', 'It costs $ 25 a day'],
  ['another sign', 'It fell to −5 degrees.', 'It fell to 5 degrees'],
  ['nothing but signs', 'a – b – c', '– –'],
])('not %s', (_name, text, words) => {
  expect(found(text, words)).toBeUndefined()
})

test('of several places the one with the same surroundings', () => {
  const text = 'Monday: open until six in winter. Tuesday: open until six in summer. Bathe: reopen until six.'
  const at = (prefix: string, suffix: string) =>
    findPassage(text, { words: 'open until six', prefix, suffix })?.start ?? -1
  expect(at('Monday: ', ' in winter')).toBe(8)
  expect(at('Tuesday: ', ' in summer')).toBe(text.indexOf('open', 20))
  expect(at('re', '.')).toBe(8)
})
