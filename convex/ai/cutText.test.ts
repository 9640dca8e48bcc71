import { describe, expect, it } from 'vitest'
import { cutText } from './cutText.ts'

const sentence = 'This is a sentence of ten words, more or less, here. '

describe('cutText', () => {
  it.each<[string, string, number, (cut: string) => boolean]>([
    ['all of it', 'short', 100, (cut) => cut === 'short'],
    ['without limit', sentence.repeat(100), Number.POSITIVE_INFINITY, (cut) => cut.length === sentence.length * 100],
    ['nothing', 'text', 0, (cut) => cut === ''],
    ['less than nothing', 'text', -5, (cut) => cut === ''],
    ['at a paragraph', `${sentence.repeat(10)}\n\n${sentence.repeat(3)}`, 170, (cut) => cut === sentence.repeat(10)],
    ['at a sentence', sentence.repeat(100), 500, (cut) => cut.endsWith('here.')],
    ['at a word', 'word '.repeat(1000), 100, (cut) => cut.endsWith('word')],
    ['between characters', '😀'.repeat(1000), 100, (cut) => cut.isWellFormed() && cut.length > 100],
  ])('%s', (_name, text, tokens, holds) => {
    expect(holds(text.slice(0, cutText(text, tokens)))).toBe(true)
  })
})
