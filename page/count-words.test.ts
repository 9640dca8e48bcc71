import { expect, test } from 'vitest'
import { countWords } from './count-words.ts'

test.each<[text: string, lang: string, words: number]>([
  ['', 'en', 0],
  ['One, two — three!', 'en', 3],
  ['It’s 3.14 o’clock.', 'en', 3],
  ['私は学生です', 'ja', 4],
  ['สวัสดีชาวโลก', 'th', 3],
  ['plain words', 'not a language', 2],
  ['plain words', '', 2],
])('%j in %j', async (text, lang, words) => {
  expect(await countWords(text, lang)).toBe(words)
})

test('counts a long text as the sum of its pieces', async () => {
  expect(await countWords('seven words are in this little sentence. '.repeat(20_000), 'en')).toBe(140_000)
})

test('cuts text without spaces between code points', async () => {
  expect(await countWords('\u{20000}'.repeat(30_000), 'zh')).toBeGreaterThan(0)
})
