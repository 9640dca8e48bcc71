import { describe, expect, test } from 'vitest'
import { findDisplay, parseStartArguments } from './start-options.ts'

describe('parseStartArguments', () => {
  test('nothing means the sample page', () => expect(parseStartArguments([])).toBeUndefined())

  test.each([['https://example.com/a?b#c'], ['http://localhost:3000/']])('%s is opened', (address) => {
    expect(parseStartArguments([address])?.href).toBe(address)
  })

  test.each([
    [['nonsense'], /^"nonsense" is not a web address: give/],
    [[''], /is not a web address/],
    [['file:///etc/passwd'], /is not a web address/],
    [['javascript:alert(1)'], /is not a web address/],
    [['example.com'], /is not a web address/],
    [['https://a.test', 'https://b.test'], /^Gloss opens one page, and 2 were given/],
  ])('%j is refused in one sentence', (args, sentence) => {
    expect(() => parseStartArguments(args)).toThrow(sentence)
  })
})

describe('findDisplay', () => {
  test.each([
    ['linux', {}, 'none'],
    ['linux', { DISPLAY: ':0' }, 'yes'],
    ['linux', { DISPLAY: ':0', WAYLAND_DISPLAY: 'wayland-0' }, 'yes'],
    ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, 'wayland'],
    ['darwin', {}, 'yes'],
    ['darwin', { GLOSS_HEADLESS: '1' }, 'none'],
  ] as const)('%s with %j: %s', (platform, env, display) => {
    expect(findDisplay(platform, env)).toBe(display)
  })
})
