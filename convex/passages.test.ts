import { describe, expect, it } from 'vitest'
import { internal } from './_generated/api.js'
import { capture, createBackend, pageText, person, rows, scheduled } from './backend.fixture.ts'
import { splitPassages } from './model/splitPassages.ts'

/** Runs the scheduled batches as the scheduler would, in turn. */
async function writtenPassages(text: string, batches = 200) {
  const backend = await createBackend()
  const snapshotId = await capture(person(backend), { text })
  let cursor = { snapshotId, part: 0, offset: 0, start: 0, order: 0 }
  for (let batch = 0; batch < batches; batch++) {
    const before = await scheduled(backend, 'passages')
    await backend.mutation(internal.passages.write, cursor)
    const next = (await scheduled(backend, 'passages')).find((job) => !before.some((known) => known._id === job._id))
    if (!next) break
    cursor = next.args[0]
  }
  return { backend, snapshotId }
}

async function passagesOf(text: string) {
  const { backend } = await writtenPassages(text)
  return (await rows(backend, 'passages')).toSorted((left, right) => left.order - right.order)
}

const paragraph = (index: number) => `Paragraph ${String(index)} says something of its own. `.repeat(8).trim()

it.each([
  ['one part', pageText],
  ['paragraphs over three parts', Array.from({ length: 1300 }, (_, index) => paragraph(index)).join('\n\n')],
  ['one paragraph over two parts', 'A sentence without an end of its paragraph. '.repeat(6000)],
])('%s: in order, with their places, and without a gap', async (_name, text) => {
  const passages = await passagesOf(text)
  expect(passages.map(({ order }) => order)).toEqual(passages.map((_, index) => index))
  for (const { start, end, text: words } of passages) expect(text.slice(start, end)).toBe(words)
  const words = (value: string) => value.split(/\s+/).filter(Boolean).length
  expect(passages.reduce((sum, passage) => sum + words(passage.text), 0)).toBe(words(text))
})

it.each([
  ['short paragraphs', Array.from({ length: 120 }, (_, index) => paragraph(index)).join('\n\n')],
  ['headings before long ones', `# Of all\n\n${'A sentence of many words that go on. '.repeat(60)}\n\n`.repeat(20)],
  ['wide gaps', `Some words.${' '.repeat(1150)}\nMore of them. ${'\n'.repeat(40_000)}`.repeat(12)],
])('cuts a text of %s in batches as the pure function does in one', async (_name, text) => {
  const passages = await passagesOf(text)
  expect(passages.map(({ start, end, zone }) => ({ start, end, zone }))).toEqual(splitPassages(text, []))
})

describe('search', () => {
  const text = Array.from({ length: 250 }, (_, index) =>
    index === 203
      ? 'The brass lamp was sold to the keeper of the north light.'.padEnd(220, ' So it was.')
      : paragraph(index),
  ).join('\n\n')
  const passages = splitPassages(text, [])
  const search = async (batches: number, words: string[]) => {
    const { backend, snapshotId } = await writtenPassages(text, batches)
    return await backend.query(internal.passages.search, { snapshotId, words, passageCount: passages.length, most: 5 })
  }

  it('finds the passage with the words', async () => {
    const [best] = (await search(200, ['brass', 'lamp'])) ?? []
    expect(text.slice(passages[best ?? 0]?.start, passages[best ?? 0]?.end)).toContain('brass lamp')
  })

  it('finds nothing that is not there, and nothing without words', async () => {
    expect(await search(200, ['zebra'])).toEqual([])
    expect(await search(200, [])).toEqual([])
  })

  it('says so while passages are still being written', async () => {
    expect(await search(1, ['brass'])).toBeNull()
  })
})
