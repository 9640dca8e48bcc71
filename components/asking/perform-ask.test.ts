import { ConvexError } from 'convex/values'
import { describe, expect, test } from 'vitest'
import type { Id } from '../../convex/_generated/dataModel.js'
import type { CapturedPage } from '../../protocol/capture.ts'
import type { ErrorCode } from '../../protocol/errors.ts'
import type { Intent } from '../../protocol/intent.ts'
import type { PreparedSend, QueueEntry } from '../../protocol/intent-queue.ts'
import type { ReadAnswer } from '../page-context/read-page.ts'
import type { AskBackend, KnownPage } from './ask-backend.ts'
import { performAsk } from './perform-ask.ts'
import type { Ask, AskSteps } from './perform-ask.ts'
import { taskOfIntent } from './task-of-intent.ts'

type Sent = Parameters<AskBackend['send']>[0]

/** A backend in memory that keeps one message per client id and one snapshot per content. */
class FakeBackend implements AskBackend {
  readonly log: string[] = []
  readonly messages = new Map<string, Sent>()
  readonly parts = new Map<string, Map<number, string>>()
  fails: ErrorCode | undefined
  /** While set, the conversation is being answered. */
  answering: Promise<void> | undefined
  last: readonly KnownPage[] = []

  begin = async (args: Parameters<AskBackend['begin']>[0]) => {
    this.log.push('begin')
    const snapshotId = `s:${args.contentHash}` as Id<'snapshots'>
    const held = this.parts.get(snapshotId) ?? new Map<number, string>()
    this.parts.set(snapshotId, held)
    return await Promise.resolve({ snapshotId, missing: [...args.partHashes.keys()].filter((at) => !held.has(at)) })
  }
  put = async ({ snapshotId, order, text }: Parameters<AskBackend['put']>[0]) => {
    this.log.push(`put ${order}`)
    return await Promise.resolve(this.parts.get(snapshotId)?.set(order, text))
  }
  send = async (args: Sent) => {
    this.log.push('send')
    if (this.fails) throw new ConvexError({ code: this.fails })
    if (this.answering) throw new ConvexError({ code: 'busy' })
    if (!this.messages.has(args.clientMessageId)) this.messages.set(args.clientMessageId, args)
    return await Promise.resolve({
      conversationId: args.conversationId ?? ('new' as Id<'conversations'>),
      userMessageId: 'u' as Id<'messages'>,
      assistantMessageId: 'a' as Id<'messages'>,
      generationId: 'g' as Id<'generations'>,
    })
  }
  untilIdle = async (_id: Id<'conversations'>, signal: AbortSignal) => {
    const aborted = Promise.withResolvers<never>()
    signal.addEventListener('abort', () => aborted.reject(signal.reason))
    await Promise.race([this.answering, aborted.promise])
    this.answering = undefined
  }
  lastPages = async () => await Promise.resolve(this.last)
}

const page: CapturedPage = {
  url: 'https://example.com/',
  title: 'Example',
  lang: '',
  text: 'Some text.',
  zones: [{ zone: 'main', start: 0, end: 10 }],
  method: 'readability',
  wordsMain: 2,
  wordsRest: 0,
  truncated: false,
}

function read(selection?: string, text = page.text): ReadAnswer {
  return {
    ok: true,
    reading: {
      tabId: 7,
      documentId: 'd',
      page: { ...page, text },
      selection:
        selection === undefined ? null : { text: selection, parts: [{ text: selection, prefix: '', suffix: '' }] },
    },
  }
}

function ask(intent: Partial<Intent>, more: Partial<Ask> & { prepared?: PreparedSend } = {}): Ask {
  const full: Intent = { id: 'i', kind: 'summarise', windowId: 1, tabId: 7, createdAt: 1, ...intent }
  const { prepared, ...rest } = more
  const asked = taskOfIntent(full) ?? { task: 'ask', text: '' }
  return { entry: { intent: full, prepared }, asked, conversationId: undefined, usedQuote: undefined, ...rest }
}

function steps(backend: FakeBackend, answer: ReadAnswer): AskSteps & { remembered: [QueueEntry, PreparedSend][] } {
  const remembered: [QueueEntry, PreparedSend][] = []
  return {
    backend,
    remembered,
    readPage: async () => await Promise.resolve(answer),
    readTab: async () => await Promise.reject(new Error('no tab was named')),
    remember: async (entry, prepared) => {
      backend.log.push('remember')
      remembered.push([entry, prepared])
      await Promise.resolve()
    },
    onRead: () => backend.log.push('read'),
    onSending: () => undefined,
    onWaiting: () => backend.log.push('wait'),
    signal: new AbortController().signal,
    onSent: () => backend.log.push('sent'),
  }
}

describe('performAsk', () => {
  test('stores the question before the page text arrives, and keeps what is sent before sending it', async () => {
    const backend = new FakeBackend()
    const outcome = await performAsk(ask({}), steps(backend, read()))
    expect(outcome).toEqual({ ok: true, quote: undefined })
    expect(backend.log).toEqual(['read', 'begin', 'remember', 'send', 'sent', 'put 0'])
  })

  test('a page that did not change is not sent again', async () => {
    const backend = new FakeBackend()
    await performAsk(ask({ id: 'a' }), steps(backend, read()))
    backend.log.length = 0
    await performAsk(ask({ id: 'b' }), steps(backend, read()))
    expect(backend.log).toEqual(['read', 'begin', 'remember', 'send', 'sent'])
  })

  test('a panel that takes over sends the same once more and brings what is missing', async () => {
    const backend = new FakeBackend()
    const first = steps(backend, read())
    backend.put = async () => await Promise.reject(new Error('the panel died'))
    await performAsk(ask({}), first)
    const prepared = first.remembered[0]?.[1]
    expect(prepared).toBeDefined()
    const second = new FakeBackend()
    Object.assign(second, { messages: backend.messages, parts: backend.parts })
    await performAsk(ask({}, prepared ? { prepared } : {}), steps(second, read()))
    expect(second.messages.size).toBe(1)
    expect(second.log).toEqual(['begin', 'send', 'sent', 'put 0'])
  })

  test('a panel that takes over after the page changed sends the same and brings nothing', async () => {
    const backend = new FakeBackend()
    const prepared: PreparedSend = { contexts: [{ snapshotId: 's:before', kind: 'page' }] }
    await performAsk(ask({}, { prepared }), steps(backend, read(undefined, 'Other text.')))
    expect(backend.messages.get('i')?.contexts).toEqual([{ snapshotId: 's:before', kind: 'page' }])
    expect(backend.log).not.toContain('put 0')
  })

  test.each<[name: string, given: Ask, selection: string | undefined, kind: string, quote: string | undefined]>([
    ['a summary is of the page', ask({}), 'chosen', 'page', undefined],
    ['a question is about the selection', ask({ kind: 'ask', text: 'q' }), 'chosen', 'selection', 'chosen'],
    ['a question without a selection', ask({ kind: 'ask', text: 'q' }), undefined, 'page', undefined],
    [
      'a selection used before is not meant again',
      ask({ kind: 'ask' }, { usedQuote: 'chosen' }),
      'chosen',
      'page',
      undefined,
    ],
    ['a pinned selection wins', ask({ kind: 'ask', selectionText: 'pinned' }), 'chosen', 'selection', 'pinned'],
    ['an explanation', ask({ kind: 'explain-selection', selectionText: 'menu' }), 'chosen', 'selection', 'chosen'],
    ['what the menu told', ask({ kind: 'explain-selection', selectionText: 'menu' }), undefined, 'selection', 'menu'],
  ])('%s', async (_name, given, selection, kind, quote) => {
    const backend = new FakeBackend()
    await performAsk(given, steps(backend, read(selection)))
    const [context] = backend.messages.get('i')?.contexts ?? []
    expect([context?.kind, context?.quote]).toEqual([kind, quote])
  })

  test.each<[name: string, given: Ask, code: ErrorCode]>([
    ['a page that is gone', ask({}), 'page_gone'],
    ['a page that may not be read', ask({}), 'page_restricted'],
    ['a first question without permission', ask({ kind: 'ask', text: 'q' }), 'page_no_permission'],
    ['a page without text', ask({ kind: 'ask', text: 'q' }, { conversationId: 'c' }), 'page_empty'],
  ])('%s is one failure and nothing is stored', async (_name, given, code) => {
    const backend = new FakeBackend()
    expect(await performAsk(given, steps(backend, { ok: false, code }))).toEqual({
      ok: false,
      failure: { code },
      unread: [],
    })
    expect(backend.log).toEqual([])
  })

  test('a follow-up on a page that can no longer be read is about the page the conversation has', async () => {
    const backend = new FakeBackend()
    backend.last = [{ snapshotId: 's:last' as Id<'snapshots'>, kind: 'page' }]
    const given = ask({ kind: 'ask', text: 'q' }, { conversationId: 'c' })
    await performAsk(given, steps(backend, { ok: false, code: 'page_no_permission' }))
    expect(backend.messages.get('i')?.contexts).toEqual([{ snapshotId: 's:last', kind: 'page' }])
  })

  test('a question without a page reads none', async () => {
    const backend = new FakeBackend()
    await performAsk(ask({ kind: 'ask', text: 'q', tabId: undefined }), steps(backend, read()))
    expect(backend.messages.get('i')?.contexts).toEqual([])
  })

  test('an explanation of nothing', async () => {
    const backend = new FakeBackend()
    const outcome = await performAsk(ask({ kind: 'explain-selection' }), steps(backend, read()))
    expect(outcome).toEqual({ ok: false, failure: { code: 'selection_empty' }, unread: [] })
  })

  test('what the backend refuses is its own sentence', async () => {
    const backend = new FakeBackend()
    backend.fails = 'busy'
    expect(await performAsk(ask({}), steps(backend, read()))).toEqual({
      ok: false,
      failure: { code: 'busy' },
      unread: [],
    })
  })

  test('in a conversation that is being answered: sent when the answer has ended', async () => {
    const backend = new FakeBackend()
    const answered = Promise.withResolvers<void>()
    backend.answering = answered.promise
    const outcome = performAsk(
      ask({ tabId: undefined, kind: 'ask', text: 'q' }, { conversationId: 'c' }),
      steps(backend, read()),
    )
    await expect.poll(() => backend.log).toEqual(['remember', 'send', 'wait'])
    answered.resolve()
    expect(await outcome).toMatchObject({ ok: true })
    expect(backend.log).toEqual(['remember', 'send', 'wait', 'send', 'sent'])
  })

  test('in a conversation that is being answered: given up while it waits, it is not sent', async () => {
    const backend = new FakeBackend()
    backend.answering = Promise.withResolvers<void>().promise
    const giveUp = new AbortController()
    const given = { ...steps(backend, read()), signal: giveUp.signal }
    const outcome = performAsk(ask({ tabId: undefined, kind: 'ask', text: 'q' }, { conversationId: 'c' }), given)
    await expect.poll(() => backend.log).toEqual(['remember', 'send', 'wait'])
    giveUp.abort()
    expect(await outcome).toMatchObject({ ok: false })
    expect(backend.messages.size).toBe(0)
  })
})
