import { expect, test } from 'vitest'
import { quotationFrame } from './quotation-frame.ts'

test.each([
  ['“the tide alone”', '“', '”', ''],
  ['"the tide alone".', '"', '"', '.'],
  ['«\u00A0la marée seule\u00A0»', '«', '»', ''],
  ['„die Tide allein“,', '„', '“', ','],
  ['“the *tide* alone”**', '“', '”', ''],
  ['the tide alone', '“', '”', ''],
  ['> the tide\n> alone', '', '', ''],
  ['> the tide alone\n> — Ada', '', '', ' — Ada'],
])('%s', (quotation, open, close, tail) => {
  expect(quotationFrame(quotation)).toEqual({ open, close, tail })
})
