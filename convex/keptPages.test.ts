import { describe, expect, it } from 'vitest'
import { api, internal } from './_generated/api.js'
import { ask, begin, capture, createBackend, pageText, person, staging } from './backend.fixture.ts'

const notFound = expect.objectContaining({ data: expect.objectContaining({ code: 'not_found' }) })

describe('a kept snapshot', () => {
  it('is given with its page, and part by part', async () => {
    const ada = person(await createBackend())
    const long = 'A sentence of a long page about the tower. '.repeat(12_000)
    const { parts } = await staging({ text: long })
    const snapshotId = await capture(ada, { url: 'https://example.com/tower?id=7&utm_source=mail#top', text: long })
    const head = await ada.query(api.snapshots.get, { snapshotId })
    expect(head).toMatchObject({
      title: 'The tower',
      host: 'example.com',
      url: 'https://example.com/tower?id=7',
      lang: 'en',
      method: 'readability',
      truncated: false,
      wordsMain: 13,
      wordsRest: 0,
      zones: [{ zone: 'main', start: 0, end: long.length }],
      partCount: parts.length,
    })
    const texts = await Promise.all(
      parts.map(async (_part, order) => await ada.query(api.snapshots.part, { snapshotId, order })),
    )
    expect(texts.join('')).toBe(long)
  })

  it('has no part beyond its last', async () => {
    const ada = person(await createBackend())
    const snapshotId = await capture(ada)
    await expect(ada.query(api.snapshots.part, { snapshotId, order: 1 })).rejects.toEqual(notFound)
  })
})

describe('what was sent', () => {
  it('is absent until a model was given something, then its ranges, of the question and of its answer', async () => {
    const backend = await createBackend()
    const ada = person(backend)
    const snapshotId = await capture(ada, { url: 'https://example.com/tower?id=7' })
    const contexts = [{ snapshotId, kind: 'selection' as const, quote: '204 steps' }]
    const { userMessageId, assistantMessageId, generationId } = await ask(ada, { contexts })
    const [waiting] = await ada.query(api.messages.sent, { messageId: userMessageId })
    expect(waiting).toMatchObject({
      snapshotId,
      kind: 'selection',
      title: 'The tower',
      host: 'example.com',
      address: 'https://example.com/tower',
      quote: '204 steps',
    })
    expect(waiting).not.toHaveProperty('ranges')

    const ranges = [{ start: 0, end: pageText.indexOf('\n') }]
    if (!waiting) throw new Error('no context')
    await backend.mutation(internal.generations.start, {
      generationId,
      attempt: 1,
      sent: [
        {
          contextId: waiting.contextId,
          reading: 'whole',
          passes: 1,
          passageCount: 1,
          sentRanges: ranges,
          sentWords: 9,
          sentMainWords: 9,
          sentRestWords: 0,
        },
      ],
    })
    for (const messageId of [userMessageId, assistantMessageId]) {
      expect(await ada.query(api.messages.sent, { messageId })).toEqual([{ ...waiting, ranges }])
    }
  })

  it('is nothing for a question without a page', async () => {
    const backend = await createBackend()
    const ada = person(backend)
    const { assistantMessageId } = await begin(backend, ada)
    expect(await ada.query(api.messages.sent, { messageId: assistantMessageId })).toEqual([])
  })
})
