import { expect, test } from 'vitest'
import { fadeOf, isClippedAway } from './clip.ts'
import type { Style } from './style.ts'
import { style } from './testing/style.ts'

const out = { position: 'absolute' }

test.each<[away: boolean, values: Partial<Style>]>([
  [false, {}],
  [true, { ...out, clip: 'rect(0px, 0px, 0px, 0px)' }],
  [true, { ...out, clip: 'rect(1px, 1px, 1px, 1px)' }],
  [true, { ...out, clip: 'rect(auto, 1px, auto, auto)' }],
  [false, { ...out, clip: 'rect(0px, 200px, 40px, 0px)' }],
  [false, { ...out, clip: 'rect(auto, auto, auto, auto)' }],
  [false, { clip: 'rect(0px, 0px, 0px, 0px)' }],
  [true, { clipPath: 'inset(50%)' }],
  [true, { clipPath: 'inset(0% 100% 0% 0%)' }],
  [true, { clipPath: 'inset(9999px)' }],
  [false, { clipPath: 'inset(10% 20% round 4px)' }],
  [true, { clipPath: 'circle(0px at 50% 50%)' }],
  [true, { clipPath: 'ellipse(0% 40%)' }],
  [false, { clipPath: 'circle(50%)' }],
  [false, { clipPath: 'circle(closest-side)' }],
  [true, { clipPath: 'polygon(0px 0px, 0px 0px, 0px 0px)' }],
  [true, { clipPath: 'polygon(0% 0%, 100% 0%, 50% 0%)' }],
  [false, { clipPath: 'polygon(0% 0%, 100% 0%, 50% 100%)' }],
  [true, { clipPath: 'xywh(0px 0px 0px 100%)' }],
  [false, { clipPath: 'url("#shape")' }],
  [true, { maskImage: 'linear-gradient(rgba(0, 0, 0, 0), rgba(0, 0, 0, 0))' }],
  [false, { maskImage: 'linear-gradient(rgb(0, 0, 0) 80%, rgba(0, 0, 0, 0))' }],
  [false, { maskImage: 'url("mask.svg")' }],
  [true, { filter: 'blur(8px)' }],
  [false, { filter: 'blur(8px)', fontSize: '40px' }],
  [false, { filter: 'blur(8px)', transitionProperty: 'filter', transitionDuration: '1s' }],
  [false, { filter: 'grayscale(1)' }],
])('clipped away: %s with %j', (away, values) => {
  expect(isClippedAway(style(values))).toBe(away)
})

test.each<[fade: number, values: Partial<Style>]>([
  [1, {}],
  [0, { opacity: '0' }],
  [0.4, { opacity: '0.4' }],
  [0, { filter: 'opacity(0)' }],
  [0.1, { opacity: '0.5', filter: 'blur(1px) opacity(20%)' }],
])('left of full opacity: %s with %j', (fade, values) => {
  expect(fadeOf(style(values))).toBeCloseTo(fade)
})
