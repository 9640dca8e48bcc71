import { expect, test } from 'vitest'
import { scoreWords, shareFound } from './score.ts'

test.each<[text: string, truth: string, f1: number, precision: number, recall: number]>([
  ['One two, three', 'one TWO three', 1, 1, 1],
  ['one two', 'one two three four', 2 / 3, 1, 0.5],
  ['one one one', 'one', 0.5, 1 / 3, 1],
  ['- one\n- two', 'one\n\ntwo', 1, 1, 1],
  ['élan vital', 'élan vital', 1, 1, 1],
  ['other', 'one', 0, 0, 0],
  ['', 'one', 0, 0, 0],
  ['', '', 1, 1, 1],
  ['one', '', 0, 0, 1],
])('%j against %j', (text, truth, f1, precision, recall) => {
  expect(scoreWords(text, truth)).toEqual({ f1, precision, recall })
})

test.each<[text: string, snippets: string[], share: number | undefined]>([
  ['The harbour, reopened.', ['the HARBOUR reopened'], 1],
  ['the harbours reopened', ['harbour'], 0],
  ['a\n\nb c', ['b c', 'a c'], 0.5],
  ['a', [], undefined],
  ['a', ['…'], undefined],
])('in %j, %j', (text, snippets, share) => {
  expect(shareFound(text, snippets)).toBe(share)
})
