// @vitest-environment happy-dom
import { cleanup, render } from '@testing-library/react'
import { afterEach, describe, expect, test } from 'vitest'
import { Markdown } from './markdown.tsx'

afterEach(cleanup)

function show(text: string, streaming = false): HTMLElement {
  return render(<Markdown text={text} streaming={streaming} />).container
}

describe('Markdown', () => {
  test.each<[name: string, text: string, expected: string]>([
    ['an image', 'a ![a cat](https://evil.test/x.png) b', 'a [image: a cat] b'],
    ['an image by reference', '![cat][1]\n\n[1]: https://evil.test/x.png', '[image: cat]'],
    ['a link names its host', '[a paper](https://example.com/p)', 'a paper (example.com)'],
    ['a bare address names itself', 'https://example.com/p', 'https://example.com/p'],
    [
      'another host in the text hides nothing',
      '[https://bank.test evil.test](https://evil.test/)',
      'https://bank.test evil.test (evil.test)',
    ],
    ['a link that would run is text', '[click](javascript:alert(1))', 'click'],
    ['a relative link is text', '[settings](/local.json)', 'settings'],
    ['HTML is text', 'a <b onclick="x()">bold</b>', 'a <b onclick="x()">bold</b>'],
  ])('%s', (_name, text, expected) => {
    const container = show(text)
    expect(container.textContent?.trim()).toBe(expected)
    expect(container.querySelector('img, script, iframe, b, form, [onclick]')).toBeNull()
  })

  test('links open apart from the panel and tell nobody where they came from', () => {
    const link = show('[a](https://example.com/)').querySelector('a')
    expect(link?.target).toBe('_blank')
    expect(link?.rel).toBe('noreferrer')
  })

  test.each([
    ['[unfinished](https://exam', 'unfinished'],
    ['![unfinished](https://exam', '[image: unfinished]'],
    ['some **bold', 'some bold'],
    ['where a <b', 'where a <b'],
  ])('while it streams, %s is text', (text, expected) => {
    const container = show(text, true)
    expect(container.querySelector('a, img')).toBeNull()
    expect(container.textContent?.trim()).toBe(expected)
  })

  test('code and tables keep their structure', () => {
    const container = show('```js\nconst a = 1\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |')
    expect(container.querySelector('pre code')?.textContent).toBe('const a = 1\n')
    expect(container.querySelectorAll('td')).toHaveLength(2)
    expect(container.querySelector('button')).toBeNull()
  })

  test('a list of tasks is shown, and holds nothing to press', () => {
    const container = show('- [x] read\n- [ ] understood')
    expect(container.textContent?.replaceAll(/\s+/g, ' ').trim()).toBe('☑ read ☐ understood')
    expect(container.querySelector('input')).toBeNull()
  })
})
