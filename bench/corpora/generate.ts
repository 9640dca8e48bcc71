import { z } from 'zod'
import type { Generated } from './corpus.ts'
import { minimalPdf } from './minimal-pdf.ts'

const note = '<h1>Quarterly note</h1><p>VISIBLE-FACT the harbour handled 4127 containers.</p>'

const number = z.number()
const string = z.string()

/** Pages by the name of what is odd about them. `origin` is another origin than the page's, on the same server. */
const pages: Readonly<Record<string, (options: Generated, origin: string) => string | Buffer>> = {
  text: ({ bytes }) => html(`<p>${filled('lorem ipsum dolor ', bytes)}</p>`),
  nospace: ({ bytes }) => html(`<p>${filled('x', bytes)}</p>`),
  paragraphs: ({ bytes }) => html(filled('<p>lorem ipsum dolor sit amet</p>', bytes)),
  elements: ({ count }) => html('<i>x</i>'.repeat(number.parse(count))),
  table: ({ rows, cols }) => {
    const row = `<tr>${'<td>cell</td>'.repeat(number.parse(cols))}</tr>`
    return html(`<table>${row.repeat(number.parse(rows))}</table>`)
  },
  dataimg: ({ bytes }) => html(`${note}<img alt="pic" src="data:image/png;base64,${filled('iVBORw0K', bytes)}">`),
  datahref: ({ bytes }) => {
    const data = filled('QUJD', bytes)
    return html(
      `${note}<a href="data:text/plain;base64,${data}">file</a><style>.x{background:url(data:image/png;base64,${data})}</style>`,
    )
  },
  jsonstate: ({ bytes }) =>
    html(`${note}<script>window.__S=${JSON.stringify({ b: filled('STATE-BLOB ', bytes) })}</script>`),
  bigattr: ({ bytes }) => html(`${note}<div data-x="${filled('y', bytes)}"></div>`),
  bigtitle: ({ bytes }) => html(note, filled('title ', bytes)),
  flexbomb: ({ depth }) => nested('<div style="display:flex">', '</div>', depth, note),
  nest: ({ tag, close, depth, text }) => {
    const open = string.parse(tag)
    return nested(`<${open}>`, `<${typeof close === 'string' ? close : `/${open}`}>`, depth, text)
  },
  nestjs: ({ tag, depth }) =>
    html(
      `<script>let at=document.body;for(let i=0;i<${number.parse(depth)};i++){const next=document.createElement(${JSON.stringify(string.parse(tag))});at.append(next);at=next}at.textContent='VISIBLE-FACT 4127'</script>`,
    ),
  nestshadow: ({ depth }) =>
    html(
      `<div id="root"></div><script>let at=document.getElementById('root');for(let i=0;i<${number.parse(depth)};i++){const shadow=at.attachShadow({mode:'open'});at=document.createElement('div');shadow.append(at)}at.textContent='VISIBLE-FACT 4127'</script>`,
    ),
  nestiframe: ({ depth }) =>
    html(
      `${note}<script>let at=document;for(let i=0;i<${number.parse(depth)};i++){const frame=at.createElement('iframe');at.body.append(frame);at=frame.contentDocument;if(!at)break;at.body.textContent='level '+i}</script>`,
    ),
  ads: ({ count, text }, origin) => {
    const frames = Array.from({ length: number.parse(count) }, (_, at) => {
      return `<iframe src="${origin}/ad?${at}" width=20 height=20></iframe>`
    })
    return html((typeof text === 'string' ? text : note) + frames.join(''))
  },
  zalgo: ({ count }) => html(`<p>a${'\u0301'.repeat(number.parse(count))}</p>`),
  cjk: ({ bytes }) => html(`<p>${'漢字'.repeat(Math.ceil(number.parse(bytes) / 6))}</p>`),
  emoji: ({ bytes }) => html(`<p>${'👩‍👩‍👧‍👦'.repeat(Math.ceil(number.parse(bytes) / 25))}</p>`),
  code: ({ lines }) => {
    const code = Array.from({ length: number.parse(lines) }, (_, at) => `  if (x[${at}]) {\n\treturn ${at};\n  }`)
    return html(`<pre><code>${code.join('\n')}</code></pre>`)
  },
  repeat: ({ repeat, times, suffix }) =>
    string.parse(repeat).repeat(number.parse(times)) + (typeof suffix === 'string' ? suffix : ''),
  pdf: ({ text }) => minimalPdf(string.parse(text)),
  png: () =>
    Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    ),
  bytes: ({ bytes }) => Buffer.alloc(number.parse(bytes)),
  latin1: ({ text }) => Buffer.from(string.parse(text), 'latin1'),
  hex: ({ hex }) => Buffer.from(string.parse(hex), 'hex'),
  utf16: ({ text }) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(string.parse(text), 'utf16le')]),
}

const suffixes: Readonly<Record<string, (options: Generated) => string>> = {
  query: ({ bytes }) => `?q=${'z'.repeat(number.parse(bytes))}`,
}

export function canGenerate({ fn }: Generated): boolean {
  return Object.hasOwn(pages, fn)
}

/** @throws Error for a name that `canGenerate` does not know */
export function generatePage(options: Generated, origin: string): string | Buffer {
  const make = pages[options.fn]
  if (make === undefined) throw new Error(`no page is made by "${options.fn}"`)
  return make(options, origin)
}

/** What is added to a page's address. @throws Error for an unknown name */
export function generateSuffix(options: Generated): string {
  const make = suffixes[options.fn]
  if (make === undefined) throw new Error(`no address is made by "${options.fn}"`)
  return make(options)
}

function html(body: string, title = 'T'): string {
  return `<!doctype html><html><head><meta charset="utf-8"><title>${title}</title></head><body>${body}</body></html>`
}

function nested(open: string, close: string, depth: unknown, inner: unknown): string {
  const times = number.parse(depth)
  return html(open.repeat(times) + (typeof inner === 'string' ? inner : '') + close.repeat(times))
}

function filled(piece: string, bytes: unknown): string {
  const length = number.parse(bytes)
  return piece.repeat(Math.ceil(length / piece.length)).slice(0, length)
}
