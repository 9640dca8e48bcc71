import { expect, test } from 'vitest'
import { isMet, type Figure } from './part.ts'

const figure = { name: 'some_ms', digits: 1 }

test.each<[Omit<Figure, 'name' | 'digits'>, boolean]>([
  [{ value: 2, target: { most: 2 } }, true],
  [{ value: 2.01, target: { most: 2 } }, false],
  [{ value: 1, target: { exactly: 1 } }, true],
  [{ value: 0, target: { exactly: 1 } }, false],
  [{ value: Number.NaN, target: { most: 2 } }, false],
  [{ value: 5 }, true],
])('%j is good: %s', (measured, good) => {
  expect(isMet({ ...figure, ...measured })).toBe(good)
})
