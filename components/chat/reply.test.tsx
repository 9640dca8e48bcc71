// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react'
import { ConvexProvider, ConvexReactClient } from 'convex/react'
import { afterEach, describe, expect, test, vi } from 'vitest'
import type { Id } from '../../convex/_generated/dataModel.js'
import type { MessageHead } from './message-head.ts'
import { Reply } from './reply.tsx'
import { stopRequests } from './stop-requests.ts'

/** A socket on which nothing ever arrives: nobody listens on the discard port. */
class SilentSocket extends WebSocket {
  constructor() {
    super('ws://127.0.0.1:9')
  }
}

afterEach(() => {
  cleanup()
  stopRequests.set(new Set())
})

const generation: NonNullable<MessageHead['generation']> = {
  _id: 'g' as Id<'generations'>,
  attempt: 1,
  fromSeq: 0,
  status: 'complete',
  stopRequested: false,
  progressDone: 0,
  progressTotal: 1,
}

const head: MessageHead = {
  _id: 'm' as Id<'messages'>,
  _creationTime: 0,
  role: 'assistant',
  parentId: 'q' as Id<'messages'>,
  status: 'complete',
  content: 'Some **text**.',
  partCount: 0,
  contexts: [],
  generation,
}

function show(part: Partial<MessageHead>, last = true, contexts: MessageHead['contexts'] = []) {
  const client = new ConvexReactClient('http://127.0.0.1:9', {
    webSocketConstructor: SilentSocket,
    logger: false,
  })
  const actions = {
    retry: vi.fn<() => void>(),
    retryWithRest: vi.fn<() => void>(),
    continueReply: vi.fn<() => void>(),
  }
  render(
    <ConvexProvider client={client}>
      <Reply
        head={{ ...head, ...part }}
        last={last}
        model="Built-in"
        actions={actions}
        contexts={contexts}
        pages={1}
        windowId={1}
      />
    </ConvexProvider>,
  )
  return { ...actions, article: screen.getByRole('article', { name: 'Gloss' }) }
}

function buttons(article: HTMLElement): (string | null)[] {
  return within(article)
    .queryAllByRole('button')
    .map((button) => button.getAttribute('aria-label') ?? button.textContent)
}

describe('Reply', () => {
  test.each<[name: string, part: Partial<MessageHead>, last: boolean, status: string, expected: string[]]>([
    ['complete', {}, true, 'complete', ['Copy', 'Retry']],
    ['complete, and no longer the last', {}, false, 'complete', ['Copy']],
    ['stopped', { status: 'stopped' }, true, 'stopped', ['Copy', 'Retry', 'Continue']],
    ['stopped before a word', { status: 'stopped', content: '' }, true, 'stopped', ['Retry']],
    [
      'stopped between two passes',
      { status: 'stopped', content: '', generation: { ...generation, progressDone: 2, progressTotal: 5 } },
      true,
      'stopped',
      ['Retry', 'Continue'],
    ],
    ['failed', { status: 'error', error: { code: 'interrupted' } }, true, 'error', ['Copy', 'Retry', 'Continue']],
    ['running', { status: 'generating' }, true, 'generating', []],
    ['waiting', { status: 'pending', content: '' }, true, 'pending', []],
  ])('%s', (_name, part, last, status, expected) => {
    const { article } = show(part, last)
    expect(article.dataset['status']).toBe(status)
    expect(article.dataset['messageId']).toBe('m')
    expect(buttons(article)).toEqual(expected)
  })

  test('a failed answer keeps its text and says in one sentence what to do', () => {
    const { article } = show({ status: 'error', error: { code: 'provider_unreachable', detail: '127.0.0.1:11434' } })
    expect(article.querySelector('[data-reply]')?.textContent).toBe('Some text.')
    expect(screen.getByRole('alert').textContent).toBe(
      'The model at 127.0.0.1:11434 cannot be reached. Check that it is running, then retry.',
    )
  })

  test('Retry and Continue are of this answer', () => {
    const { article, retry, continueReply } = show({ status: 'stopped' })
    fireEvent.click(within(article).getByRole('button', { name: 'Retry' }))
    fireEvent.click(within(article).getByRole('button', { name: 'Continue' }))
    expect([retry.mock.calls.length, continueReply.mock.calls.length]).toEqual([1, 1])
  })

  test('says what was read, and offers to include what was not, of the last answer only', () => {
    const context = {
      snapshotId: 's' as Id<'snapshots'>,
      kind: 'page' as const,
      title: 'A',
      host: 'example.com',
      words: 30,
      wordsMain: 20,
      wordsRest: 10,
      truncated: false,
      sentWords: 20,
      sentMainWords: 20,
      sentRestWords: 0,
      reading: 'whole' as const,
    }
    const earlier = show({}, false, [context]).article
    expect(earlier.querySelector('[data-coverage]')?.textContent).toBe(
      'main text 100 %, 10 words of comments and margins not used',
    )
    cleanup()
    const { article, retryWithRest } = show({}, true, [context])
    fireEvent.click(within(article).getByRole('button', { name: 'include' }))
    expect(retryWithRest).toHaveBeenCalledOnce()
  })

  test('Stop shows before the backend has answered', () => {
    stopRequests.set(new Set(['g:1']))
    const { article } = show({ status: 'generating' })
    expect(article.dataset['status']).toBe('stopping')
    expect(article.textContent).toContain('Stopping…')
    expect(article.querySelector('[data-reply]')?.textContent).toBe('Some text.')
  })
})
