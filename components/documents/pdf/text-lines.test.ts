import { expect, test } from 'vitest'
import { textLines } from './text-lines.ts'
import type { PageBox, TextRun } from './text-lines.ts'

const box: PageBox = [0, 0, 600, 800]

const run = (str: string, x: number, y: number, part: Partial<TextRun> & { readonly size?: number } = {}): TextRun => {
  const { size = 10, ...own } = part
  return { str, transform: [size, 0, 0, size, x, y], width: str.length * size * 0.5, hasEOL: false, ...own }
}
const end: TextRun = { str: '', transform: [10, 0, 0, 10, 0, 0], width: 0, hasEOL: true }

const texts = (...runs: TextRun[]): string[] => textLines(runs, box).map(({ text }) => text)

test('runs join to lines where pdf.js ends them', () => {
  expect(
    textLines(
      [run('A ', 50, 700), run(' ', 60, 700, { size: 0 }), run('tide', 65, 700), end, run('gauge', 50, 688)],
      box,
    ),
  ).toEqual([
    { text: 'A tide', start: 50, end: 85, base: 700, size: 10, angle: 0 },
    { text: 'gauge', start: 50, end: 75, base: 688, size: 10, angle: 0 },
  ])
})

test.each<[where: string, run: TextRun]>([
  ['left of the page', run('hidden', -200, 400)],
  ['right of it', run('hidden', 601, 400)],
  ['above it', run('hidden', 50, 900)],
  ['below it', run('hidden', 50, -10)],
  ['in letters that nobody reads', run('hidden', 50, 400, { size: 0.5 })],
])('what is set %s is left out', (_where, hidden) => {
  expect(texts(run('shown', 50, 700), end, hidden, end, run('shown too', 50, 300))).toEqual(['shown', 'shown too'])
})

test('turned text is measured along its own line', () => {
  const turned = run('axis', 30, 100, { transform: [0, 10, -10, 0, 30, 100] })
  const [first, second] = textLines([turned, run('level', 50, 700)], box)
  expect([first?.text, first?.angle, Math.round(first?.start ?? 0), Math.round(first?.base ?? 0)]).toEqual([
    'axis',
    90,
    100,
    -30,
  ])
  expect(second?.angle).toBe(0)
})

test('lines of nothing but space are none', () => {
  expect(texts(run('  ', 50, 700), end, run('', 50, 600))).toEqual([])
})
