import { expect, test } from 'vitest'
import { isCentredIn, isFarFrom, touches } from './reach.ts'
import type { Area } from './reach.ts'

const box = (left: number, top: number, width: number, height: number): Area => ({
  left,
  top,
  right: left + width,
  bottom: top + height,
})
const window = box(0, 0, 1_200, 800)

test.each<[what: string, rect: Area, touching: boolean, far: boolean]>([
  ['on the page', box(8, 100, 500, 20), true, false],
  ['half outside', box(-100, 100, 200, 20), true, false],
  ['just outside', box(-200, 100, 200, 20), false, false],
  ['far left', box(-9_999, 100, 500, 20), false, true],
  ['far right', box(9_999, 100, 500, 20), false, true],
  ['far above', box(8, -9_999, 500, 20), false, true],
])('%s', (_what, rect, touching, far) => {
  expect(touches(rect, window)).toBe(touching)
  expect(isFarFrom(rect, window)).toBe(far)
})

test('centred in', () => {
  expect(isCentredIn(box(0, 0, 10, 10), window)).toBe(true)
  expect(isCentredIn(box(-500, 0, 600, 10), window)).toBe(false)
})
