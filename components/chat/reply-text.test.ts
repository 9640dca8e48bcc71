import { describe, expect, test } from 'vitest'
import { addChunks, nothingHeld, replyText } from './reply-text.ts'
import type { Chunk, HeldText, ReplySource } from './reply-text.ts'

function rows(from: number, ...texts: string[]): Chunk[] {
  return texts.map((text, index) => ({ seq: from + index, text }))
}

describe('addChunks', () => {
  test.each<[name: string, held: HeldText, added: Chunk[], expected: HeldText]>([
    ['the first chunks', nothingHeld(0), rows(0, 'a', 'b'), { nextSeq: 2, text: 'ab' }],
    ['an attempt that does not begin at 0', nothingHeld(12), rows(12, 'x'), { nextSeq: 13, text: 'x' }],
    ['an empty window', { nextSeq: 2, text: 'ab' }, [], { nextSeq: 2, text: 'ab' }],
    [
      'a window read again with one more',
      { nextSeq: 2, text: 'ab' },
      rows(0, 'a', 'b', 'c'),
      { nextSeq: 3, text: 'abc' },
    ],
    ['the same window again', { nextSeq: 2, text: 'ab' }, rows(0, 'a', 'b'), { nextSeq: 2, text: 'ab' }],
    ['a late, older window', { nextSeq: 3, text: 'abc' }, rows(0, 'a'), { nextSeq: 3, text: 'abc' }],
    ['nothing beyond a gap', { nextSeq: 1, text: 'a' }, rows(2, 'c', 'd'), { nextSeq: 1, text: 'a' }],
    ['what comes before a gap', nothingHeld(0), [...rows(0, 'a'), ...rows(2, 'c')], { nextSeq: 1, text: 'a' }],
    ['an empty chunk counts', nothingHeld(0), rows(0, 'a', '', 'b'), { nextSeq: 3, text: 'ab' }],
  ])('%s', (_name, held, added, expected) => {
    expect(addChunks(held, added)).toEqual(expected)
  })
})

const running: ReplySource = { terminal: false, content: '', partCount: 0, rest: undefined, held: undefined, shown: '' }
const ended: ReplySource = { ...running, terminal: true }

describe('replyText', () => {
  test.each<[name: string, source: ReplySource, expected: string]>([
    ['nothing yet', running, ''],
    ['chunks of a first attempt', { ...running, held: { nextSeq: 2, text: 'ab' } }, 'ab'],
    [
      'what earlier attempts left, then this one',
      { ...running, content: 'ab', held: { nextSeq: 3, text: 'c' } },
      'abc',
    ],
    ['a reader that starts again does not take text back', { ...running, shown: 'abc', held: nothingHeld(0) }, 'abc'],
    ['the next attempt before its chunks', { ...running, content: 'abc', shown: 'abc' }, 'abc'],
    [
      'the whole text at the end',
      { ...ended, content: 'abcd', shown: 'abc', held: { nextSeq: 3, text: 'abc' } },
      'abcd',
    ],
    [
      'a long answer whose parts are still being read',
      { ...ended, content: 'ab', partCount: 1, shown: 'abcd' },
      'abcd',
    ],
    ['a long answer with its parts', { ...ended, content: 'ab', partCount: 1, rest: 'cdef', shown: 'abcd' }, 'abcdef'],
    ['a long answer opened for the first time', { ...ended, content: 'ab', partCount: 1 }, 'ab'],
    ['what is stored wins where it differs', { ...running, content: 'xy', shown: 'abc' }, 'xy'],
  ])('%s', (_name, source, expected) => {
    expect(replyText(source)).toBe(expected)
  })
})
