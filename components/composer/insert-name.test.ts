import { expect, test } from 'vitest'
import { beginsName, insertName } from './insert-name.ts'

test.each([
  ['', true],
  ['Compare ', true],
  ['Compare\n', true],
  ['(', true],
  ['write to me', false],
  ['@', false],
])('an @ after %j begins a name: %s', (before, begins) => {
  expect(beginsName(before)).toBe(begins)
})

test.each([
  ['|', '|'],
  ['|what is it?', '|what is it?'],
  ['one\n|', 'one\n|'],
  ['Compare |', 'Compare “Tides” |'],
  ['Compare | with it', 'Compare “Tides”| with it'],
  ['Is it in |?', 'Is it in “Tides”|?'],
])('a name at %j', (before, after) => {
  const at = before.indexOf('|')
  const { text, caret } = insertName({ text: before.replace('|', ''), caret: at }, 'Tides')
  expect(`${text.slice(0, caret)}|${text.slice(caret)}`).toBe(after)
})
