import { expect, test } from 'vitest'
import { cleanText } from './clean-text.ts'

const tags = (ascii: string): string => [...ascii].map((c) => String.fromCodePoint(0xe0000 + c.charCodeAt(0))).join('')
const cancel = '\u{E007F}'
const variation = (byte: number): string => String.fromCodePoint(byte < 16 ? 0xfe00 + byte : 0xe0100 + byte - 16)

test.each<[what: string, raw: string, clean: string]>([
  ['tag characters', `fact${tags('ignore this')} 1`, 'fact 1'],
  ['tags behind a flag that no font draws', `\u{1F3F4}${tags('hidden')}${cancel}`, '\u{1F3F4}'],
  ['bidi overrides and isolates', '\u202Ecba\u202C \u2066x\u2069 \u200Ey\u200F', 'cba x y'],
  ['zero-width bits', 'a\u200B\u200C\u200D\u2060\uFEFFb', 'ab'],
  ['zero-width spaces in a number', '4\u200B1\u200B2\u200B7', '4127'],
  ['soft hyphens', 'ex\u00ADtra\u00ADor\u00ADdi\u00ADnary', 'extraordinary'],
  [
    'variation selectors as bytes',
    `\u{1F600}${[...'secret'].map((c) => variation(c.charCodeAt(0))).join('')}`,
    '\u{1F600}',
  ],
  ['an emoji selector behind a letter', 'a\uFE0Fb', 'ab'],
  ['fillers', 'a\u3164\u115F\u1160\uFFA0\u034Fb', 'ab'],
  ['controls', 'a\u0000\u0007\u001B\u009Fb', 'ab'],
  ['interlinear annotation', '\uFFF9a\uFFFAb\uFFFB', 'ab'],
  ['non-characters', 'a\uFFFE\uFDD0\u{1FFFF}b', 'ab'],
  ['a joiner at an edge', '\u200Dab\u200C', 'ab'],
  ['two joiners where one is written', 'می\u200C\u200Cخواهم', 'میخواهم'],
  ['a joiner between Latin letters', 'Auf\u200Clage', 'Auflage'],
])('removes %s', (_what, raw, clean) => {
  expect(cleanText(raw)).toBe(clean)
})

test.each<[what: string, text: string]>([
  ['tab and line breaks', 'a\tb\r\nc'],
  ['the flag of Scotland', `\u{1F3F4}${tags('gbsct')}${cancel}`],
  ['the flag of Texas', `\u{1F3F4}${tags('ustx')}${cancel}`],
  ['a family', '\u{1F469}\u200D\u{1F469}\u200D\u{1F467}'],
  ['a profession with a skin tone', '\u{1F469}\u{1F3FD}\u200D\u{1F52C}'],
  ['a gendered emoji', '\u{1F937}\u200D\u2642\uFE0F'],
  ['a rainbow flag', '\u{1F3F3}\uFE0F\u200D\u{1F308}'],
  ['an emoji selector', '\u2764\uFE0F'],
  ['a text selector', '\u2764\uFE0E'],
  ['a keycap', '1\uFE0F\u20E3'],
  ['a country flag', '\u{1F1EB}\u{1F1EE}'],
  ['Persian', 'می‌خواهم نامه‌ای'],
  ['Hindi', 'क्‍ष और क्‌ष'],
  ['Sinhala', 'ශ්‍රී'],
  ['Mongolian', 'ᠮᠣᠩᠭᠣᠯ᠋'],
  ['Arabic marks', 'قَالَ ٤٥'],
  ['accents', 'e\u0301 café Zürich'],
])('keeps %s', (_what, text) => {
  expect(cleanText(text)).toBe(text)
})

test('replaces lone surrogates', () => {
  expect(cleanText('a\uD800b\uDFFF')).toBe('a\uFFFDb\uFFFD')
})

test('is its own fixed point', () => {
  const raw = `\u{1F469}\u200B\u200D\u{1F467} a\u{1F3F4}${tags('gbeng')}${cancel} x\u200B\u200Cy`
  expect(cleanText(cleanText(raw))).toBe(cleanText(raw))
})
