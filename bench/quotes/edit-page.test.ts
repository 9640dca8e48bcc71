import { expect, it } from 'vitest'
import { editPage } from './edit-page.ts'
import { readSentences } from './page-text.ts'
import { Random } from '../random.ts'

const paragraph = (at: number) =>
  `Number ${String(at)} of the keepers went up to the lamp every night. Then the keeper called ${String(at * 7)} wrote down what was seen there.`
const text = Array.from({ length: 40 }, (_, at) => paragraph(at)).join('\n\n')
const page = readSentences('page', text, 'en')
const other = readSentences(
  'other',
  Array.from({ length: 20 }, (_, at) => `Ferry ${String(at)} leaves the harbour on time, they say.`).join('\n\n'),
  'en',
)

it.each([1, 2, 3, 4])('an edited page (seed %d) is another one, and says where its quotes stand', (seed) => {
  const quoted = page.sentences.filter((_, at) => at % 5 === 0)
  const edited = editPage(page, quoted, other, new Random(seed))
  expect(edited.text).not.toBe(page.text)
  expect(edited.text).toContain('Ferry')
  expect(edited.text).toContain('altered')
  expect(quoted).toHaveLength(16)
  for (const sentence of quoted) {
    const place = edited.places.get(sentence)
    expect(edited.text.slice(place?.start, place?.end)).toBe(sentence.text)
  }
})
