import { describe, expect, it } from 'vitest'
import { contentHash, MAX_PARTS, partHash, PART_BYTES, SNAPSHOT_BYTES, splitParts, utf8Length } from './snapshot.ts'

const bytes = (text: string) => new TextEncoder().encode(text).length

describe('splitParts', () => {
  it.each([
    ['empty', '', 10, ['']],
    ['one part', 'abc', 10, ['abc']],
    ['exactly full', 'abcde', 5, ['abcde']],
    ['one over', 'abcdef', 5, ['abcde', 'f']],
    ['two-byte letters are not split', 'éééé', 5, ['éé', 'éé']],
    ['three-byte letters are not split', '中文字', 7, ['中文', '字']],
    ['surrogate pairs are not split', 'a😀b😀', 5, ['a😀', 'b😀']],
    ['a pair that would start in the last byte', 'abc😀', 5, ['abc', '😀']],
    ['a lone surrogate becomes U+FFFD', 'a\ud800b', 10, ['a\ufffdb']],
  ])('%s', (_name, text, limit, parts) => {
    expect(splitParts(text, limit)).toEqual(parts)
  })

  it('keeps every part within the limit and loses nothing', () => {
    const text = 'Grüße, 世界 😀 👨‍👩‍👧 end. '.repeat(20_000)
    const parts = splitParts(text)
    expect(parts.join('')).toBe(text)
    expect(Math.max(...parts.map(bytes))).toBeLessThanOrEqual(PART_BYTES)
    expect(parts.length).toBe(Math.ceil(bytes(text) / PART_BYTES))
  })

  it('never needs more than MAX_PARTS for a snapshot of the largest size', () => {
    for (const letter of ['a', 'é', '中', '😀']) {
      const text = letter.repeat(Math.floor(SNAPSHOT_BYTES / bytes(letter)))
      expect(splitParts(text).length).toBeLessThanOrEqual(MAX_PARTS)
    }
  })
})

describe('utf8Length', () => {
  it.each(['', 'abc', 'é', '中', '😀', 'Grüße, 世界 😀'])('%j', (text) => {
    expect(utf8Length(text)).toBe(bytes(text))
  })
})

describe('hashes', () => {
  it('is SHA-256 in hex', async () => {
    expect(await partHash('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
    expect(await partHash('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
  })

  it('names a text by its part hashes, in order', async () => {
    const [a, b] = [await partHash('a'), await partHash('b')]
    expect(await contentHash([a, b])).toBe(await partHash(`${a}\n${b}`))
    expect(await contentHash([a, b])).not.toBe(await contentHash([b, a]))
  })
})
