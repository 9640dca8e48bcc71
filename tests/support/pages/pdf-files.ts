import { setLines } from '../pdf/set-lines.ts'
import { writePdf } from '../pdf/write-pdf.ts'
import type { SetPage } from '../pdf/write-pdf.ts'

/** A sentence of it runs over the end of its first page, under a head that runs through the document. */
const chapters: readonly (readonly string[])[] = [
  [
    'A tide gauge is a pipe that stands in the water with a small hole near its foot. Waves',
    'pass too quickly for the water inside to follow them, while the tide comes slowly',
    'enough to fill and empty the pipe.',
    '',
    'The longest surge in the notebook lasted 31 hours, and the keeper who wrote it down at',
    'the north quay had marked the drawing of a small wave beside it with the sin-',
  ],
  [
    'gle word twice, which nobody has explained since.',
    '',
    'The hole was made smaller in the autumn of the second year, and closed by mussels within',
    'a single summer. For eleven days the curve on the drum went flat.',
  ],
  ['The harbour keeps a barometer beside the gauge, and a notebook for the wind.', 'Neither is ever corrected.'],
]

function chapterPage(lines: readonly string[], at: number): SetPage {
  return {
    texts: [
      { text: 'Report on the north quay', x: 72, y: 810, size: 8 },
      ...setLines(lines),
      { text: `${at + 1}`, x: 290, y: 30, size: 8 },
    ],
  }
}

const longPage = (number: number): SetPage => ({
  texts: setLines([
    `Sheet ${number} of the register. After sheet ${number} came the next one, so that nothing`,
    'could be taken out of it without a gap.',
  ]),
})

/** PDFs of our own writing, good and bad, by their name. */
export const pdfFiles = {
  '/report.pdf': () => writePdf(chapters.map(chapterPage), { title: 'Report on the north quay', language: 'en' }),
  '/chinese.pdf': () =>
    writePdf([
      {
        texts: ['潮汐的高度每天記錄兩次', '從來沒有人修改過。'].map((text, at) => ({
          text,
          x: 72,
          y: 700 - at * 14,
          font: 'cjk',
        })),
      },
    ]),
  '/locked.pdf': () => writePdf([{ texts: setLines(['Nobody reads this.']) }], { password: 'tide' }),
  '/scanned.pdf': () => writePdf([{ texts: [], scanned: true }]),
  '/broken.pdf': () => Buffer.from(`%PDF-1.7\n${'\u0000\u0001 nothing of a PDF follows '.repeat(200)}`),
  '/register.pdf': () => writePdf(Array.from({ length: 2_100 }, (_, at) => longPage(at + 1))),
  /** Several pieces long. */
  '/heavy.pdf': () => writePdf(chapters.map(chapterPage), { title: 'A heavy report', ballast: 10_000_000 }),
  /** Larger than is read, and its end is where a PDF says what it holds. */
  '/larger.pdf': () => writePdf(chapters.map(chapterPage), { ballast: 51_000_000 }),
} as const
