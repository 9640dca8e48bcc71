import { expect, test } from 'vitest'
import { backdropOf } from './backdrop.ts'
import type { Backdrop } from './backdrop.ts'
import { contrast, parseColour, white } from './colour.ts'
import type { Style } from './style.ts'
import { style } from './testing/style.ts'
import { isDrawnOtherwise, isSetOff } from './text-colour.ts'

test.each<[css: string, channels: readonly number[] | undefined]>([
  ['rgb(255, 253, 233)', [255, 253, 233, 1]],
  ['rgba(0, 0, 0, 0.5)', [0, 0, 0, 0.5]],
  ['color(srgb 1 0.5 0 / 0.25)', [255, 127.5, 0, 0.25]],
  ['transparent', [0, 0, 0, 0]],
  ['oklab(1 0 0)', undefined],
  ['', undefined],
])('the colour %s', (css, channels) => {
  const colour = parseColour(css)
  expect(colour && [colour.red, colour.green, colour.blue, colour.alpha]).toEqual(channels)
})

test('contrast as WCAG defines it', () => {
  expect(contrast(white, { red: 0, green: 0, blue: 0, alpha: 1 })).toBe(21)
  expect(contrast({ red: 119, green: 119, blue: 119, alpha: 1 }, white)).toBeCloseTo(4.48, 2)
})

function behind(...layers: readonly Partial<Style>[]): Backdrop {
  return layers.reduce<Backdrop>((back, values) => backdropOf(style(values), back, parseColour), [white])
}

const page = behind()
const photo = behind({ backgroundImage: 'url("a.jpg")' })
const night = behind({ backgroundColor: 'rgb(0, 0, 0)' })
const veil = behind({ backgroundColor: 'rgb(0, 0, 0)' }, { backgroundColor: 'rgba(255, 255, 255, 0.5)' })
const fade = behind({ backgroundImage: 'linear-gradient(rgb(0, 0, 0), rgb(10, 10, 10))' })

test.each<[setOff: boolean, what: string, ink: string, opacity: number, back: Backdrop]>([
  [true, 'black on white', 'rgb(0, 0, 0)', 1, page],
  [false, 'white on white', 'rgb(255, 255, 255)', 1, page],
  [false, 'nearly white on white', 'rgb(254, 253, 250)', 1, page],
  [true, 'pale grey on white', 'rgb(200, 200, 200)', 1, page],
  [false, 'transparent', 'rgba(0, 0, 0, 0)', 1, page],
  [false, 'hardly there', 'rgb(0, 0, 0)', 0.03, page],
  [true, 'faded', 'rgb(0, 0, 0)', 0.3, page],
  [true, 'white on a picture', 'rgb(255, 255, 255)', 1, photo],
  [false, 'transparent on a picture', 'rgba(0, 0, 0, 0.01)', 1, photo],
  [true, 'white on black', 'rgb(255, 255, 255)', 1, night],
  [false, 'black on black', 'rgb(0, 0, 0)', 1, night],
  [true, 'black on half white on black', 'rgb(0, 0, 0)', 1, veil],
  [false, 'black on a black gradient', 'rgb(0, 0, 0)', 1, fade],
  [true, 'in a colour that cannot be read', 'oklab(1 0 0)', 1, page],
  [false, 'without a fill', 'none', 1, page],
])('set off: %s for text %s', (setOff, _what, ink, opacity, back) => {
  expect(isSetOff(ink, opacity, back, parseColour)).toBe(setOff)
})

const cut = { backgroundClip: 'text', webkitTextFillColor: 'rgba(0, 0, 0, 0)' }

test.each<[drawn: boolean, values: Partial<Style>]>([
  [false, {}],
  [true, { ...cut, backgroundImage: 'linear-gradient(rgb(255, 0, 0), rgb(0, 0, 255))' }],
  [false, { ...cut, backgroundImage: 'linear-gradient(rgb(255, 255, 255), rgb(255, 255, 255))' }],
  [true, { textShadow: 'rgb(0, 0, 0) 0px 0px 3px' }],
  [false, { textShadow: 'rgb(255, 255, 255) 0px 0px 3px' }],
  [true, { webkitTextStrokeWidth: '1px' }],
])('drawn otherwise: %s with %j', (drawn, values) => {
  expect(isDrawnOtherwise(style(values), 1, page, parseColour)).toBe(drawn)
})
