// @vitest-environment happy-dom
import { expect, test } from 'vitest'
import { plainBlocks } from './plain-document.ts'

test.each<[contentType: string, html: string, texts: string[] | undefined]>([
  ['text/plain', '<pre>one\r\n  two\n\n\nthree &lt;b&gt;</pre>', ['one\n  two', 'three <b>']],
  ['application/json', '<pre>{"fact": 4127}</pre><div class="json-formatter"></div>', ['{"fact": 4127}']],
  ['text/plain', '<pre>4\u200B127</pre>', ['4127']],
  ['text/plain', '<pre> \n </pre>', []],
  ['application/xml', '<div id="webkit-xml-viewer-source-xml"><note>4127</note></div>', ['<note>4127</note>']],
  ['application/xml', '<pre>a page of its own</pre>', undefined],
  ['text/html', '<pre>code</pre>', undefined],
  ['application/xhtml+xml', '<pre>code</pre>', undefined],
  ['image/png', '<img>', undefined],
])('%s %j', (contentType, html, texts) => {
  const page = new DOMParser().parseFromString(`<body>${html}</body>`, 'text/html')
  const found = plainBlocks(page, contentType)?.map(({ text }) =>
    text.replace(' xmlns="http://www.w3.org/1999/xhtml"', ''),
  )
  expect(found).toEqual(texts)
})
