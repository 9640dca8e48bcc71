import { expect, test } from 'vitest'
import { isNamedForReveal, opensSmoothly, waitsToAppear } from './reveal.ts'
import type { Style } from './style.ts'
import { style } from './testing/style.ts'

test.each<[waits: boolean, values: Partial<Style>]>([
  [false, {}],
  [true, { transitionProperty: 'opacity, transform', transitionDuration: '0.6s, 0.6s' }],
  [true, { transitionDuration: '0.3s' }],
  [false, { transitionProperty: 'color', transitionDuration: '0.3s' }],
  [true, { animationName: 'rise' }],
  [true, { willChange: 'opacity' }],
  [true, { transform: 'matrix(1, 0, 0, 1, 0, 40)' }],
  [true, { transform: 'matrix(0.9, 0, 0, 0.9, 0, 0)' }],
  [false, { transform: 'matrix(1, 0, 0, 1, -9999, 0)' }],
  [false, { transform: 'matrix(0, 0, 0, 0, 0, 0)' }],
  [false, { position: 'absolute', transitionDuration: '0.3s' }],
])('waits to appear: %s with %j', (waits, values) => {
  expect(waitsToAppear(style(values))).toBe(waits)
})

test.each<[opens: boolean, values: Partial<Style>]>([
  [false, {}],
  [true, { transitionProperty: 'max-height', transitionDuration: '0.2s' }],
  [false, { transitionProperty: 'opacity', transitionDuration: '0.2s' }],
])('opens: %s with %j', (opens, values) => {
  expect(opensSmoothly(style(values))).toBe(opens)
})

test.each<[named: boolean, className: string, attributes: readonly string[]]>([
  [true, 'card fade-in', []],
  [true, 'js-reveal', []],
  [true, '', ['class', 'data-aos']],
  [false, 'sidebar', ['data-id']],
  [false, 'unfaded', []],
])('named for it: %s by %j and %j', (named, className, attributes) => {
  expect(isNamedForReveal(className, attributes)).toBe(named)
})
