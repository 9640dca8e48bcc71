import { describe, expect, it } from 'vitest'
import { previewLine, shorten } from './previewLine.ts'

describe('previewLine', () => {
  it.each([
    ['plain', 'The page says so.', 'The page says so.'],
    ['heading', '\n## What it **means**\n\nText', 'What it means'],
    ['list', '- a [link](https://example.com) here', 'a link here'],
    ['quote', '> “Quoted.”', '“Quoted.”'],
    ['a rule first', '---\n\nText', 'Text'],
    ['escaped marks', String.raw`- “\*Stars\* \[1\] and \<b>”`, '“Stars [1] and <b>”'],
    ['a lead-in', 'The main points:\n\n- “One.”\n- “Two.”', '“One.”'],
    ['only a lead-in', 'The main points:', 'The main points:'],
    ['nothing', ' \n---\n', ''],
  ])('%s', (_name, markdown, line) => {
    expect(previewLine(markdown)).toBe(line)
  })
})

describe('shorten', () => {
  it.each([
    ['short', 'abc', 5, 'abc'],
    ['white space', ' a \n b ', 5, 'a b'],
    ['cut', 'abcdef', 5, 'abcd…'],
    ['never half a character', 'abc😀d', 5, 'abc…'],
  ])('%s', (_name, text, length, short) => {
    expect(shorten(text, length)).toBe(short)
  })
})
