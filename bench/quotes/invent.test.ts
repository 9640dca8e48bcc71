import { expect, it } from 'vitest'
import { invent, type Invention } from './invent.ts'
import { Random } from '../random.ts'
import { requote } from './requote.ts'
import { reword } from './reword.ts'

const sentence =
  'In 1871 the keepers, said Ines Carrow of the board, were not happy with the two old lamps of the tower.'
const words = (text: string): string[] => text.match(/[\p{L}\p{N}]+/gu) ?? []

const changes: [Invention, RegExp][] = [
  ['number', /\d+|two/g],
  ['name', /\p{Lu}\p{L}+/gu],
  ['negation', /not/g],
]

it.each(changes)('an invented %s changes nothing else', (kind, pattern) => {
  for (let seed = 0; seed < 20; seed++) {
    const invented = invent(kind, sentence, ['Marlow'], new Random(seed)) ?? ''
    const [before, after] = [words(sentence), words(invented)]
    const changed = before.filter((word) => !after.includes(word))
    expect(invented).not.toBe(sentence)
    for (const word of changed) expect(word).toMatch(new RegExp(pattern.source, 'u'))
    expect(changed.length).toBeLessThan(2)
  }
})

it('has nothing to change in a sentence without a number, name or negation', () => {
  const plain = 'Nothing of it stayed there after the storm.'
  expect(
    (['number', 'name', 'negation'] as const).map((kind) => invent(kind, plain, ['Marlow'], new Random(1))),
  ).toEqual([null, null, null])
})

it('requotes with the same words and other signs', () => {
  for (let seed = 0; seed < 20; seed++) {
    const quoted = requote(`She said: “${sentence}”`, new Random(seed))
    expect(words(quoted)).toEqual(words(`She said: “${sentence}”`))
    expect(quoted).not.toBe(`She said: “${sentence}”`)
  }
})

it('rewords wording only', () => {
  for (let seed = 0; seed < 20; seed++) {
    const reworded = reword(sentence, ['harbour'], new Random(seed)) ?? ''
    expect(reworded).not.toBe(sentence)
    for (const kept of ['1871', 'Ines', 'Carrow', 'not', 'two']) expect(words(reworded)).toContain(kept)
  }
})
