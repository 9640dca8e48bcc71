import { expect, test } from 'vitest'
import { safeLink } from './safe-link.ts'

test.each<[href: string | undefined, expected: string | undefined]>([
  ['https://example.com/a?b#c', 'example.com'],
  ['http://example.com:8080/', 'example.com:8080'],
  ['mailto:someone@example.com', 'someone@example.com'],
  ['https://example.com@evil.test/', 'evil.test'],
  ['HTTPS://EXAMPLE.COM', 'example.com'],
  ['javascript:alert(1)', undefined],
  ['java\nscript:alert(1)', undefined],
  ['data:text/html,x', undefined],
  ['blob:https://example.com/1', undefined],
  ['chrome-extension://abc/page.html', undefined],
  ['file:///etc/passwd', undefined],
  ['irc://example.com', undefined],
  ['//example.com', undefined],
  ['/local.json', undefined],
  ['#top', undefined],
  ['', undefined],
  [undefined, undefined],
])('%s shows %s', (href, expected) => {
  expect(safeLink(href)?.host).toBe(expected)
})

test('a link never keeps a name or password before its host', () => {
  expect(safeLink('https://bank.example:443@evil.test/login')?.href).toBe('https://evil.test/login')
})
