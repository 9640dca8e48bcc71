import { describe, expect, test } from 'vitest'
import type { CapturedPage } from '../../../protocol/capture.ts'
import type { ErrorCode } from '../../../protocol/errors.ts'
import { setLines } from '../../../tests/support/pdf/set-lines.ts'
import { writePdf } from '../../../tests/support/pdf/write-pdf.ts'
import { capturePdf } from './capture-pdf.ts'
import type { PdfSource } from './capture-pdf.ts'
import { openInNode } from './open-in-node.fixture.ts'
import { pdfLimits } from './pdf-limits.ts'
import type { PdfLimits } from './pdf-limits.ts'

const url = 'https://example.com/papers/tide.pdf'

async function capture(data: Buffer<ArrayBuffer>, part: Partial<PdfSource> = {}, limits: Partial<PdfLimits> = {}) {
  const source = { url, fileName: 'tide.pdf', data, cut: false, ...part }
  return await capturePdf(source, openInNode, { ...pdfLimits, ...limits })
}

async function page(data: Buffer<ArrayBuffer>, limits: Partial<PdfLimits> = {}): Promise<CapturedPage> {
  const captured = await capture(data, {}, limits)
  if (!captured.ok) throw new Error(captured.code)
  return captured.page
}

const sentences = (number: number): string[] => [
  `The clerk wrote line ${number} of the register into the`,
  'margin, where nothing that has been written is taken out.',
]
const numbered = (count: number): Buffer<ArrayBuffer> =>
  writePdf(Array.from({ length: count }, (_, at) => ({ texts: setLines(sentences(at + 1)) })))

describe('capturePdf', () => {
  test('text by page, with its details', async () => {
    const pdf = writePdf([{ texts: setLines(sentences(1)) }, { texts: setLines(sentences(2)) }], {
      title: 'The register',
      language: 'en_GB',
    })
    expect(await page(pdf)).toEqual({
      url,
      title: 'The register',
      lang: 'en-GB',
      text: ['## Page 1', sentences(1).join(' '), '## Page 2', sentences(2).join(' ')].join('\n\n'),
      zones: [{ zone: 'main', start: 0, end: 234 }],
      method: 'pdf',
      wordsMain: 44,
      wordsRest: 0,
      truncated: false,
    })
  })

  test.each<[title: string | undefined, shown: string]>([
    [undefined, 'tide.pdf'],
    ['Microsoft Word - draft 3.docx', 'tide.pdf'],
    ['untitled', 'tide.pdf'],
    ['  A  tide\u200B gauge ', 'A tide gauge'],
  ])('title %j', async (title, shown) => {
    const pdf = writePdf([{ texts: setLines(sentences(1)) }], title === undefined ? {} : { title })
    expect((await page(pdf)).title).toBe(shown)
  })

  test('Chinese by a predefined character map, joined without spaces', async () => {
    const pdf = writePdf([
      {
        texts: [
          { text: '潮汐的高度每天記錄', x: 72, y: 700, font: 'cjk' },
          { text: '兩次。', x: 72, y: 686, font: 'cjk' },
        ],
      },
    ])
    expect((await page(pdf)).text).toContain('潮汐的高度每天記錄兩次。')
  })

  test.each<[name: string, data: Buffer<ArrayBuffer>, code: ErrorCode]>([
    ['locked with a password', writePdf([{ texts: setLines(sentences(1)) }], { password: 'tide' }), 'pdf_encrypted'],
    ['without text', writePdf([{ texts: [], scanned: true }]), 'pdf_scanned'],
    ['that is a page of HTML', Buffer.from('<!doctype html><title>Sign in</title>'), 'pdf_broken'],
    ['of nothing but its first line', Buffer.from('%PDF-1.7\n'), 'pdf_broken'],
    ['of no bytes', Buffer.alloc(0), 'pdf_broken'],
  ])('a file %s', async (_name, data, code) => {
    expect(await capture(data)).toEqual({ ok: false, code })
  })

  test('a file that a password protects from changes alone is read', async () => {
    const pdf = writePdf([{ texts: setLines(sentences(1)) }], { password: '' })
    expect((await page(pdf)).text).toContain('The clerk wrote line 1')
  })

  test('the beginning of a large file that can be read alone', async () => {
    const captured = await capture(numbered(3), { cut: true })
    expect(captured).toMatchObject({ ok: true, page: { truncated: true } })
  })

  test('the beginning of a large file that says nothing alone', async () => {
    expect(await capture(numbered(3).subarray(0, 40), { cut: true })).toEqual({ ok: false, code: 'pdf_too_large' })
  })

  test('pages beyond the limit are cut, and said', async () => {
    const { text, truncated } = await page(numbered(5), { pages: 3 })
    expect(truncated).toBe(true)
    expect(text).toContain('line 3')
    expect(text).not.toContain('line 4')
  })

  test('text beyond the limit is cut, and said', async () => {
    const { text, truncated } = await page(numbered(5), { textBytes: 200 })
    expect([truncated, text.length]).toEqual([true, 200])
  })

  test('time beyond the limit ends in what was read, or in a sentence', async () => {
    expect(await capture(numbered(2), {}, { parseMs: 0 })).toEqual({ ok: false, code: 'pdf_slow' })
  })
})
