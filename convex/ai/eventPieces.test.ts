import { describe, expect, it } from 'vitest'
import { type Bytes, EventPieces } from './eventPieces.ts'
import { delta, done } from './scriptedProvider.fixture.ts'

const encoder = new TextEncoder()
const event = (value: object): string => `data: ${JSON.stringify(value)}\n\n`
const gateway = (text: string, id = '0', type = 'text-delta'): string => event({ type, id, delta: text })

/** What the pieces of a stream become, and after which of them more text is to come. */
function join(...pieces: readonly (string | Bytes)[]) {
  const events = new EventPieces()
  const decoder = new TextDecoder()
  let text = ''
  const ends = pieces.map((piece) => {
    text += decoder.decode(events.join(typeof piece === 'string' ? encoder.encode(piece) : piece), { stream: true })
    return events.isText
  })
  return { text: text + decoder.decode(events.end()), ends }
}

describe('events that add text', () => {
  it.each<[string, string, string]>([
    ['of an OpenAI-compatible server', delta('The ') + delta('tower') + delta(' 😀'), delta('The tower 😀')],
    ['of the AI Gateway', gateway('The ') + gateway('tower'), gateway('The tower')],
    [
      'of reasoning',
      gateway('So', '0', 'reasoning-delta') + gateway('…', '0', 'reasoning-delta'),
      gateway('So…', '0', 'reasoning-delta'),
    ],
    [
      'with empty fields beside them',
      event({
        id: 'a',
        choices: [{ index: 0, delta: { role: 'assistant', content: '' }, finish_reason: null }],
        usage: null,
      }) + event({ id: 'a', choices: [{ index: 0, delta: { content: 'Hi', tool_calls: null }, finish_reason: null }] }),
      event({
        id: 'a',
        choices: [{ index: 0, delta: { role: 'assistant', content: 'Hi' }, finish_reason: null }],
        usage: null,
      }),
    ],
  ])('%s become one', (_name, stretch, joined) => {
    expect(join(stretch).text).toBe(joined)
  })

  it('are left as they are when there is but one', () => {
    const alone = 'data: {"type":"text-delta", "id":"0", "delta":"caf\\u00e9"}\n\n'
    expect(join(alone).text).toBe(alone)
  })
})

describe('what stays as it is', () => {
  const tool = (text: string): string => event({ choices: [{ index: 0, delta: { content: text, tool_calls: [] } }] })
  it.each<[string, string]>([
    ['text of two places', gateway('a', '0') + gateway('b', '1') + gateway('c', '0')],
    ['text and reasoning', gateway('a') + gateway('b', '0', 'reasoning-delta')],
    ['text around another event', gateway('a') + event({ type: 'text-end', id: '0' }) + gateway('b')],
    ['text around a comment', `${delta('a')}: still here\n\n${delta('b')}`],
    ['text with something else in it', tool('a') + tool('b')],
    [
      'text that says why it ended',
      delta('a') + event({ choices: [{ index: 0, delta: { content: 'b' }, finish_reason: 'stop' }] }),
    ],
    [
      'text with usage',
      delta('a') + event({ choices: [{ index: 0, delta: { content: 'b' } }], usage: { prompt_tokens: 1 } }),
    ],
    [
      'two choices',
      event({
        choices: [
          { index: 0, delta: { content: 'a' } },
          { index: 1, delta: { content: 'b' } },
        ],
      }).repeat(2),
    ],
    ['no choice', event({ choices: [] }).repeat(2)],
    ['lists, numbers, null', 'data: []\n\ndata: 1\n\ndata: null\n\n'],
    ['what is no JSON', 'data: {"unfinished\n\ndata: {]}\n\n'],
    ['events with names, or of two lines', 'event: message\ndata: {}\n\ndata: {\ndata: }\n\n'],
    ['lines that end with CRLF', (delta('a') + delta('b')).replaceAll('\n', '\r\n')],
    ['an error', event({ error: { message: 'overloaded' } })],
    ['nothing', ''],
  ])('%s', (_name, stretch) => {
    expect(join(stretch).text).toBe(stretch)
  })

  it('an event that is cut in two, even where its second half looks whole', () => {
    const [first, second] = ['data: {"choices":[{"index":0,"delta":{"content":"', delta('inner')]
    const third = delta('after')
    expect(join(first, second + third).text).toBe(first + second + third)
  })

  it('the text of a stream that is cut anywhere, even through a character', () => {
    const whole = delta('The tower ') + gateway('opened 😀 ') + delta('in 世界') + done()
    const bytes = encoder.encode(whole)
    for (let at = 0; at <= bytes.length; at++) {
      expect(join(bytes.slice(0, at), bytes.slice(at)).text).toBe(whole)
    }
  })

  it('half a character at the end, as the sign for what cannot be read', () => {
    expect(join(Uint8Array.of(0x64, 0xe4, 0xb8)).text).toBe('d\ufffd')
  })
})

describe('more text', () => {
  it('is to come from the first text to the last event', () => {
    expect(join(': wait\n\n', delta(''), delta('a'), ': wait\n\n', done(), '\n').ends).toEqual([
      false,
      false,
      true,
      true,
      false,
      false,
    ])
  })
})
