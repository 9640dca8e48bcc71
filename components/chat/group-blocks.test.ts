import { describe, expect, test } from 'vitest'
import { groupBlocks } from './group-blocks.ts'

const short = 'a'.repeat(400)
const long = 'b'.repeat(1_500)

describe('groupBlocks', () => {
  test.each<[name: string, blocks: string[], lengths: number[]]>([
    ['nothing', [], []],
    ['one block', [short], [400]],
    ['what fits together', [short, short], [800]],
    ['what does not', [short, short, short], [800, 400]],
    ['a block that is too long by itself', [long], [1_500]],
    ['short ones around a long one', [short, long, short], [400, 1_500, 400]],
  ])('%s', (_name, blocks, lengths) => {
    expect(groupBlocks(blocks).map(({ length }) => length)).toEqual(lengths)
  })

  test('nothing is lost, and finished groups stay while a reply grows', () => {
    const blocks = Array.from({ length: 60 }, (_, at) => `Paragraph ${at}. ${'x'.repeat(at * 7)}\n\n`)
    for (let count = 1; count < blocks.length; count++) {
      const before = groupBlocks(blocks.slice(0, count))
      const after = groupBlocks(blocks.slice(0, count + 1))
      expect(after.join('')).toBe(blocks.slice(0, count + 1).join(''))
      expect(after.slice(0, before.length - 1)).toEqual(before.slice(0, -1))
    }
  })
})
