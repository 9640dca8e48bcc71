// @vitest-environment happy-dom
import { expect, test } from 'vitest'
import { markdownBlockSteps } from './markdown-blocks.ts'
import { allAtOnce } from './steps.ts'

function blocksOf(html: string): readonly { kind: string; text: string }[] {
  return allAtOnce(markdownBlockSteps(new DOMParser().parseFromString(`<body>${html}</body>`, 'text/html').body))
}

function textOf(html: string): string {
  return blocksOf(html)
    .map(({ text }) => text)
    .join('\n\n')
}

test.each<[what: string, html: string, text: string]>([
  ['headings', '<h1>One</h1><h3>Two <i>and</i> more</h3><h2> </h2>', '# One\n\n### Two and more'],
  [
    'paragraphs without marks',
    '<p>A <b>bold</b>\n <a href="https://example.com">link</a> and <code>code</code></p>',
    'A bold link and code',
  ],
  ['text beside blocks', 'a<p>b</p>c<div>d<div>e</div></div>', 'a\n\nb\n\nc\n\nd\n\ne'],
  ['line breaks', '<p>one<br>two<br> three</p>', 'one\ntwo\nthree'],
  ['two line breaks as a new paragraph', '<p>one<br><br>two</p>', 'one\n\ntwo'],
  ['no rule, no comment', 'a<hr>b<!-- c -->', 'a\n\nb'],
  ['nothing invented or escaped', '<p>1 * 2 _ # [x](y) `z`</p>', '1 * 2 _ # [x](y) `z`'],
  ['a list', '<ul><li>a</li><li><p>b</p><p>c</p></li><li> </li></ul>', '- a\n- b\n  c'],
  ['a nested list', '<ul><li>a<ul><li>b<ol><li>c</li></ol></li></ul></li><li>d</li></ul>', '- a\n  - b\n    1. c\n- d'],
  ['a numbered list', '<ol start="9"><li>a</li><li>b</li></ol>', '9. a\n10. b'],
  ['numbers by item', '<ol><li value="4">a</li><li>b</li></ol>', '4. a\n5. b'],
  ['an item that holds only a list', '<ul><li><ul><li>a</li></ul></li></ul>', '  - a'],
  ['a list nested without an item', '<ul><li>a</li><ul><li>b</li></ul></ul>', '- a\n  - b'],
  ['text in a list without an item', '<ul>loose<li>a</li></ul>', '- loose\n- a'],
  ['a definition list', '<dl><dt>term</dt><dd>meaning</dd></dl>', 'term\n\nmeaning'],
  ['a quote', '<blockquote><p>a</p><p>b<br>c</p></blockquote>', '> a\n>\n> b\n> c'],
  ['a quote in a quote', '<blockquote>a<blockquote>b</blockquote></blockquote>', '> a\n>\n> > b'],
  ['code', '<pre><code class="language-ts">if (x) {\n\treturn\n}\n</code></pre>', '```ts\nif (x) {\n\treturn\n}\n```'],
  ['code with fences in it', '<pre>```\na\n```</pre>', '````\n```\na\n```\n````'],
  ['code by lines', '<pre><div>a</div><div>  b</div>c<br>d</pre>', '```\na\n  b\nc\nd\n```'],
  [
    'a table',
    '<table><tr><th>a</th><th>b</th></tr><tr><td>1 | 2</td></tr></table>',
    '| a | b |\n| --- | --- |\n| 1 \\| 2 |',
  ],
  [
    'a table with a caption',
    '<table><caption>C</caption><tr><td>a</td><td>b</td></tr></table>',
    'C\n\n| a | b |\n| --- | --- |',
  ],
  ['a table for layout', '<table role="presentation"><tr><td>a</td><td>b</td></tr></table>', 'a\n\nb'],
  [
    'a table around a table',
    '<table><tr><td><table><tr><td>a</td><td>b</td></tr></table></td><td>c</td></tr></table>',
    '| a | b |\n| --- | --- |\n\nc',
  ],
  ['an image of no text', '<p>a <img src="x.png" alt="A red door">b <img alt=""></p>', 'a b'],
  ['an emoji as an image', '<p>so <img alt="\u{1F44D}\u{1F3FD}"> good</p>', 'so \u{1F44D}\u{1F3FD} good'],
  ['a heading as an image', '<h1><img alt="Harbour news"></h1>', '# Harbour news'],
  ['ruby', '<p><ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby></p>', '漢(kan)'],
  [
    'a formula once',
    '<p>so <span><span><math><mi>x</mi></math></span><span aria-hidden="true">x</span></span> is</p>',
    'so x is',
  ],
  ['carriers', '<p>4\u200B1\u00AD27\u00A0\u00A0units</p>', '4127 units'],
])('%s', (_what, html, text) => {
  expect(textOf(html)).toBe(text)
})

test('names each kind', () => {
  const html =
    '<h2>h</h2><p>p</p><ul><li>l</li></ul><blockquote>q</blockquote><pre>c</pre><table><tr><th>t<th>u</table>'
  expect(blocksOf(html).map(({ kind }) => kind)).toEqual(['heading', 'paragraph', 'list', 'quote', 'code', 'table'])
})

test('nesting does not make the text grow with its square', () => {
  const depth = 200
  const text = textOf('<ul><li>item'.repeat(depth) + '</li></ul>'.repeat(depth))
  expect(text.match(/item/g)).toHaveLength(depth)
  expect(text.length).toBeLessThan(depth * 40)
})
