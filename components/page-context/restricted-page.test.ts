import { expect, test } from 'vitest'
import { restrictedPage } from './restricted-page.ts'

test.each([
  ['chrome://settings/', 'page_browser'],
  ['about:blank', 'page_browser'],
  ['devtools://devtools/bundled/inspector.html', 'page_browser'],
  ['chrome-extension://abcdefghijklmnopabcdefghijklmnop/index.html', 'page_extension'],
  ['view-source:https://example.com/', 'page_source'],
  ['chrome-error://chromewebdata/', 'page_not_loaded'],
  ['https://chromewebstore.google.com/detail/x', 'page_store'],
  ['https://chrome.google.com/webstore/category', 'page_store'],
  ['https://chrome.google.com/', undefined],
  ['https://example.com/chromewebstore.google.com/', undefined],
  ['https://example.com/', undefined],
  ['not an address', undefined],
  [undefined, undefined],
])('%s: %s', (address, code) => {
  expect(restrictedPage(address)).toBe(code)
})
