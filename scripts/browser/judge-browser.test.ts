import { describe, expect, test } from 'vitest'
import { judgeBrowser } from './judge-browser.ts'

describe('judgeBrowser', () => {
  test.each([
    ['Chromium 156.0.8078.79 built on Debian GNU/Linux 12 (bookworm)', 'Chromium', 156],
    ['Google Chrome for Testing 150.0.7000.1 ', 'Google Chrome for Testing', 150],
    ['Google Chrome 136.0.7103.92', 'Google Chrome', 136],
    ['a warning\nChromium 140.0.1.2 snap', 'Chromium', 140],
  ])('accepts %j', (output, name, major) => {
    expect(judgeBrowser(output)).toEqual({ ok: true, name, major })
  })

  test.each([
    ['Google Chrome 137.0.7151.55', /does not load unpacked extensions/],
    ['Chromium 120.0.1.2', /too old/],
    ['Command requires the chromium snap to be installed.', /did not say which version/],
    ['', /did not say which version/],
  ])('refuses %j', (output, why) => {
    expect(judgeBrowser(output)).toEqual({ ok: false, why: expect.stringMatching(why) })
  })
})
