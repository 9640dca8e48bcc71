import { describe, expect, it } from 'vitest'
import { endWithinTokens, estimateTokens } from './tokens.ts'

describe('estimateTokens', () => {
  it.each([
    ['', 0],
    ['word', 2],
    ['a'.repeat(1000), 280],
    ['中'.repeat(1000), 1000],
    ['ж'.repeat(1000), 600],
  ])('%#', (text, tokens) => {
    expect(estimateTokens(text)).toBe(tokens)
  })
})

describe('endWithinTokens', () => {
  it.each([
    ['all of it', 'short', 100, 5],
    ['none', 'text', 0, 0],
    ['a part', 'a'.repeat(1000), 28, 100],
    ['no half of a pair', '😀😀😀', 1.9, 2],
  ])('%s', (_name, text, tokens, end) => {
    expect(endWithinTokens(text, tokens)).toBe(end)
  })
})
