import { describe, expect, it } from 'vitest'
import { api, internal } from './_generated/api.js'
import { ask, begin, capture, createBackend, person, readAnswer, rows } from './backend.fixture.ts'

const code = (name: string) => expect.objectContaining({ data: expect.objectContaining({ code: name }) })

describe('send', () => {
  it('stores the question and an answer that waits', async () => {
    const backend = await createBackend()
    const ada = person(backend)
    const snapshotId = await capture(ada)
    const sent = await ask(ada, { id: 'one', task: 'summarise', text: '', contexts: [{ snapshotId, kind: 'page' }] })
    const [question, answer] = await ada.query(api.messages.list, { conversationId: sent.conversationId })
    expect(question).toMatchObject({
      _id: sent.userMessageId,
      role: 'user',
      status: 'complete',
      content: 'Summarise this page.',
      clientMessageId: 'one',
      parentId: null,
      contexts: [{ snapshotId, kind: 'page', title: 'The tower', host: 'example.com', words: 13, truncated: false }],
    })
    expect(answer).toMatchObject({
      _id: sent.assistantMessageId,
      role: 'assistant',
      parentId: sent.userMessageId,
      status: 'pending',
      content: '',
      modelId: 'extractive',
      generation: { _id: sent.generationId, attempt: 1, fromSeq: 0, stopRequested: false },
    })
    expect(await ada.query(api.conversations.get, { conversationId: sent.conversationId })).toMatchObject({
      title: 'The tower',
      answering: true,
      lastLine: 'Summarise this page.',
    })
  })

  it('keeps a selection with its place, and each of several pages in order', async () => {
    const ada = person(await createBackend())
    const [one, two] = [await capture(ada), await capture(ada, { url: 'https://example.test/', title: 'The bridge' })]
    const selection = { quote: '204 steps', quotePrefix: 'It has ', quoteSuffix: '.' }
    const { conversationId } = await ask(ada, {
      task: 'compare',
      text: '',
      contexts: [
        { snapshotId: one, kind: 'selection', ...selection, quoteRanges: [{ start: 32, end: 41 }] },
        { snapshotId: two, kind: 'tab' },
      ],
    })
    const [question] = await ada.query(api.messages.list, { conversationId })
    expect(question).toMatchObject({
      content: 'Compare these tabs.',
      contexts: [
        { snapshotId: one, kind: 'selection', quote: '204 steps' },
        { snapshotId: two, kind: 'tab', title: 'The bridge', host: 'example.test' },
      ],
    })
    const conversation = await ada.query(api.conversations.get, { conversationId })
    expect(conversation.title).toBe('The tower · The bridge')
  })

  it('about more than ten pages is refused with the number, and writes nothing', async () => {
    const backend = await createBackend()
    const ada = person(backend)
    const snapshotId = await capture(ada)
    const contexts = Array.from({ length: 11 }, () => ({ snapshotId, kind: 'tab' as const }))
    await expect(ask(ada, { contexts })).rejects.toEqual(
      expect.objectContaining({ data: { code: 'too_many_pages', detail: '10' } }),
    )
    expect(await rows(backend, 'messages')).toEqual([])
  })

  it('twice gives one message and one generation', async () => {
    const backend = await createBackend()
    const ada = person(backend)
    const [first, second] = await Promise.all([ask(ada, { id: 'same' }), ask(ada, { id: 'same' })])
    const third = await ask(ada, { id: 'same', text: 'other words' })
    expect(second).toEqual(first)
    expect(third).toEqual(first)
    expect(await rows(backend, 'messages')).toHaveLength(2)
    expect(await rows(backend, 'generations')).toHaveLength(1)
  })

  it('with another person’s id of the same name is another message', async () => {
    const backend = await createBackend()
    const first = await ask(person(backend, 'ada'), { id: 'same' })
    const second = await ask(person(backend, 'bob'), { id: 'same' })
    expect(second.userMessageId).not.toBe(first.userMessageId)
  })

  it('while an answer is written is refused', async () => {
    const backend = await createBackend()
    const ada = person(backend)
    const { conversationId } = await ask(ada)
    await expect(ask(ada, { conversationId })).rejects.toEqual(code('busy'))
  })

  it.each([
    ['empty', '  ', 'question_empty'],
    ['1 MB', 'x'.repeat(1_000_000), 'question_too_long'],
  ])('%s is refused and writes nothing', async (_name, text, name) => {
    const backend = await createBackend()
    await expect(ask(person(backend), { text })).rejects.toEqual(code(name))
    expect(await rows(backend, 'messages')).toEqual([])
  })

  it('more than 30 times at once is refused, with the seconds to wait', async () => {
    const backend = await createBackend()
    const ada = person(backend)
    for (let count = 0; count < 30; count++) await ask(ada)
    await expect(ask(ada)).rejects.toEqual(expect.objectContaining({ data: { code: 'rate_limited', detail: '1' } }))
    await expect(ask(person(backend, 'bob'))).resolves.toBeDefined()
    await backend.pass(1_000)
    await expect(ask(ada)).resolves.toBeDefined()
    await expect(ask(ada)).rejects.toEqual(code('rate_limited'))
  })

  it('follows on the last message of its conversation', async () => {
    const backend = await createBackend()
    const ada = person(backend)
    const first = await begin(backend, ada)
    await backend.mutation(internal.generations.finish, { ...first.key, ending: { kind: 'complete' } })
    const second = await ask(ada, { conversationId: first.conversationId })
    const heads = await ada.query(api.messages.list, { conversationId: first.conversationId })
    expect(heads.map((head) => head.parentId)).toEqual([
      null,
      first.userMessageId,
      first.assistantMessageId,
      second.userMessageId,
    ])
  })
})

describe('stop', () => {
  it('of an answer that has not begun ends it', async () => {
    const backend = await createBackend()
    const ada = person(backend)
    const sent = await ask(ada)
    await ada.mutation(api.messages.stop, { messageId: sent.assistantMessageId })
    expect(await readAnswer(ada, sent)).toMatchObject({ status: 'stopped', content: '' })
    const started = await backend.mutation(internal.generations.start, {
      generationId: sent.generationId,
      attempt: 1,
      sent: [],
    })
    expect(started).toBe(false)
  })

  it('of an answer whose action is gone ends it and keeps its text', async () => {
    const backend = await createBackend()
    const ada = person(backend)
    const sent = await begin(backend, ada)
    await backend.mutation(internal.generations.append, { ...sent.key, seq: 0, text: 'So far' })
    await ada.mutation(api.messages.stop, { messageId: sent.assistantMessageId })
    expect(await readAnswer(ada, sent)).toMatchObject({ status: 'stopped', content: 'So far' })
  })

  it('of an answer that has ended changes nothing', async () => {
    const backend = await createBackend()
    const ada = person(backend)
    const sent = await begin(backend, ada)
    await backend.mutation(internal.generations.finish, { ...sent.key, ending: { kind: 'complete' } })
    await ada.mutation(api.messages.stop, { messageId: sent.assistantMessageId })
    expect((await readAnswer(ada, sent)).status).toBe('complete')
  })
})

describe('retry', () => {
  it('starts a new generation from nothing', async () => {
    const backend = await createBackend()
    const ada = person(backend)
    const sent = await begin(backend, ada)
    await backend.mutation(internal.generations.append, { ...sent.key, seq: 0, text: 'Old' })
    await backend.mutation(internal.generations.finish, {
      ...sent.key,
      ending: { kind: 'fail', error: { code: 'interrupted' } },
    })
    const { generationId } = await ada.mutation(api.messages.retry, {
      messageId: sent.assistantMessageId,
      modelId: 'local/auto',
    })
    expect(generationId).not.toBe(sent.generationId)
    const answer = await readAnswer(ada, sent)
    expect(answer).toMatchObject({
      status: 'pending',
      content: '',
      modelId: 'local/auto',
      generation: { _id: generationId, attempt: 1, fromSeq: 0 },
    })
    expect(answer.error).toBeUndefined()
    expect(await backend.mutation(internal.generations.append, { ...sent.key, seq: 1, text: 'late' })).toBe('gone')
  })

  it('while it is being written is refused', async () => {
    const backend = await createBackend()
    const ada = person(backend)
    const sent = await begin(backend, ada)
    await expect(ada.mutation(api.messages.retry, { messageId: sent.assistantMessageId })).rejects.toEqual(code('busy'))
  })
})

describe('continue', () => {
  it('goes on as the next attempt, with the text so far and the next seq', async () => {
    const backend = await createBackend()
    const ada = person(backend)
    const sent = await begin(backend, ada)
    await backend.mutation(internal.generations.append, { ...sent.key, seq: 0, text: 'So ' })
    await backend.mutation(internal.generations.append, { ...sent.key, seq: 1, text: 'far' })
    await backend.mutation(internal.generations.finish, { ...sent.key, ending: { kind: 'stop' } })
    await ada.mutation(api.messages.continueReply, { messageId: sent.assistantMessageId })
    expect(await readAnswer(ada, sent)).toMatchObject({
      status: 'pending',
      content: 'So far',
      generation: { _id: sent.generationId, attempt: 2, fromSeq: 2 },
    })
    const key = { generationId: sent.generationId, attempt: 2 }
    expect((await backend.query(internal.generations.input, key))?.written).toBe('So far')
    await backend.mutation(internal.generations.start, { ...key, sent: [] })
    await backend.mutation(internal.generations.append, { ...key, seq: 2, text: ' and on.' })
    await backend.mutation(internal.generations.finish, { ...key, ending: { kind: 'complete' } })
    expect(await readAnswer(ada, sent)).toMatchObject({ status: 'complete', content: 'So far and on.' })
  })

  it('more than 30 times at once is refused, although it begins no new generation', async () => {
    const backend = await createBackend()
    const ada = person(backend)
    const sent = await begin(backend, ada)
    const goOn = async () => await ada.mutation(api.messages.continueReply, { messageId: sent.assistantMessageId })
    for (let attempt = 1; attempt <= 30; attempt++) {
      const key = { generationId: sent.generationId, attempt }
      if (attempt > 1) await goOn()
      await backend.mutation(internal.generations.start, { ...key, sent: [] })
      await backend.mutation(internal.generations.append, { ...key, seq: attempt - 1, text: 'more ' })
      await backend.mutation(internal.generations.finish, { ...key, ending: { kind: 'stop' } })
    }
    await expect(goOn()).rejects.toEqual(code('rate_limited'))
    expect(await readAnswer(ada, sent)).toMatchObject({ status: 'stopped', content: 'more '.repeat(30) })
  })

  it('of a complete answer is refused', async () => {
    const backend = await createBackend()
    const ada = person(backend)
    const sent = await begin(backend, ada)
    await backend.mutation(internal.generations.finish, { ...sent.key, ending: { kind: 'complete' } })
    await expect(ada.mutation(api.messages.continueReply, { messageId: sent.assistantMessageId })).rejects.toEqual(
      code('not_found'),
    )
  })
})
