// @vitest-environment happy-dom
import { describe, expect, test } from 'vitest'
import { findPassage } from './find-passage.ts'
import { liveText } from './live-text.ts'
import { rangesOf } from './ranges-of.ts'

function shown(html: string): string {
  document.body.innerHTML = html
  return liveText(document).text.replaceAll(/\s*\n\s*/g, '|')
}

describe('the text of a live page', () => {
  test.each([
    ['blocks are apart, lines are not', '<p>One <b style="display:inline">two</b></p><p>three</p>', '|One two|three|'],
    ['a line break', 'one<br>two', '|one|two|'],
    ['what is not shown', '<p>a</p><p style="display:none">b</p><style>c</style><input value="d"><p>e</p>', '|a|e|'],
    ['folded away', '<details><summary>More</summary>inside</details>', '|More|inside|'],
    ['hidden, but for a part of it', '<p style="visibility:hidden">a <b style="visibility:visible">b</b></p>', '|b|'],
  ])('%s', (_name, html, expected) => {
    expect(shown(html)).toBe(expected)
  })

  test('an open shadow root stands in place of its host’s children', () => {
    document.body.innerHTML = '<div id="host"><i slot="x">slotted</i>unslotted</div>'
    const root = document.querySelector('#host')?.attachShadow({ mode: 'open' })
    if (!root) throw new Error('no shadow root')
    root.innerHTML = '<p>shadow <slot name="x"></slot></p>'
    expect(liveText(document).text).toMatch(/shadow\s+slotted/)
    expect(liveText(document).text).not.toContain('unslotted')
  })
})

describe('the ranges of a passage', () => {
  test('one a text node, and the page stays as it was', () => {
    document.body.innerHTML = '<p>The gauge has <em>a hole</em> of 25 <b>mm</b>.</p><p>And more.</p>'
    const before = document.documentElement.outerHTML
    const live = liveText(document)
    const passage = findPassage(live.text, { words: 'has a hole of 25 mm', prefix: 'The gauge ', suffix: '.' })
    if (!passage) throw new Error('not found')
    expect(rangesOf(live, passage).map(String)).toEqual(['has ', 'a hole', ' of 25 ', 'mm'])
    expect(document.documentElement.outerHTML).toBe(before)
  })
})
