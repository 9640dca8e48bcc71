import { expect, test } from 'vitest'
import { injectionFailure } from './injection-failure.ts'

test.each([
  ['No tab with id: 12.', 'page_gone'],
  ['The tab was closed.', 'page_gone'],
  ['The frame was removed.', 'page_gone'],
  ['Frame with ID 0 was removed.', 'page_gone'],
  ['No document with id ABC in tab with id 3', 'page_gone'],
  ['Cannot access a chrome:// URL', 'page_browser'],
  ['The New Tab Page cannot be scripted.', 'page_browser'],
  ['Cannot access contents of url "devtools://devtools/". Extension manifest must request permission.', 'page_browser'],
  ['Cannot access "about:blank" at origin "null". Extension must have permission to access the frame', 'page_browser'],
  ['Cannot access contents of url "view-source:https://example.com/".', 'page_source'],
  ['Cannot access contents of url "file:///a.html". Extension manifest must request permission.', 'page_file'],
  ['Cannot access a chrome-extension:// URL of different extension', 'page_extension'],
  ['The extensions gallery cannot be scripted.', 'page_store'],
  ['Frame with ID 0 is showing error page', 'page_not_loaded'],
  ['This page cannot be scripted due to an ExtensionsSettings policy.', 'page_policy'],
  ['Cannot access contents of url "https://example.com/".', 'page_no_permission'],
  [
    'Cannot access contents of the page. Extension manifest must request permission to access the respective host.',
    'page_no_permission',
  ],
  ['Missing host permission for the tab', 'page_no_permission'],
  ['something new', 'page_restricted'],
])('%s', (message, code) => {
  expect(injectionFailure(new Error(message))).toBe(code)
})
