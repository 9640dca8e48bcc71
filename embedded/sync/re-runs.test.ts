/** Over the wire and the real engine: a subscription runs again for writes inside what it consumed, and only for those. */
import { ConvexHttpClient } from 'convex/browser'
import { makeFunctionReference } from 'convex/server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { serveFixture, type ServedFixture } from '../fixtures/serve-fixture.ts'
import { RawClient } from './raw-client.ts'

let app: ServedFixture
let http: ConvexHttpClient
beforeAll(async () => {
  app = await serveFixture('app')
  http = new ConvexHttpClient(app.url, { logger: false })
})
afterAll(async () => await app[Symbol.asyncDispose]())

type Args = Readonly<Record<string, string | number | object | null>>

const write = (path: string, args: Args): Promise<unknown> =>
  http.mutation(makeFunctionReference<'mutation', Args, unknown>(path), args)

const twoOfAPage = { paginationOpts: { cursor: null, numItems: 2 } }

/** The topic holds the ranks 0, 10, 20, 30. Each write but the last two is of the same topic. */
const cases: [string, string, Args, { outside: Args[]; inside: Args[] }][] = [
  ['take', 'notes:ofTopic', { take: 2 }, { outside: [{ rank: 10.1 }, { rank: 99 }], inside: [{ rank: 9.9 }, { rank: -1 }] }],
  [
    'take from the end',
    'notes:ofTopic',
    { take: 2, order: 'desc' },
    { outside: [{ rank: 19.9 }, { rank: -1 }], inside: [{ rank: 20.1 }, { rank: 99 }] },
  ],
  ['take of more than there is', 'notes:ofTopic', { take: 5 }, { outside: [], inside: [{ rank: 99 }, { rank: -1 }] }],
  ['take of none', 'notes:ofTopic', { take: 0 }, { outside: [{ rank: -1 }, { rank: 99 }], inside: [] }],
  ['first', 'limits:firstOfTopic', {}, { outside: [{ rank: 0.1 }, { rank: 99 }], inside: [{ rank: -0.1 }] }],
  ['unique', 'limits:sameTopic', {}, { outside: [{ rank: 10.1 }], inside: [{ rank: 9.9 }, { rank: -1 }] }],
  ['a page', 'notes:page', twoOfAPage, { outside: [{ rank: 10.1 }, { rank: 99 }], inside: [{ rank: 9.9 }, { rank: -1 }] }],
  ['a nested query', 'nested:viaQuery', {}, { outside: [], inside: [{ rank: 99 }] }],
] // oxfmt-ignore

test.each(cases)('%s', async (name, path, args, { outside, inside }) => {
  const topic = `of ${name}`
  for (const rank of [0, 10, 20, 30]) await write('notes:add', { topic, rank })
  await using watch = await subscribe(path, { topic, ...args })
  for (const added of outside) expect([added, await watch.runsFor({ topic, ...added })]).toEqual([added, 0])
  // The tables and the index are the same: only the interval is another.
  expect(await watch.runsFor({ topic: `${topic}!`, rank: 5 })).toBe(0)
  expect(await watch.runsFor({ topic: 'of', rank: 5 })).toBe(0)
  for (const added of inside) expect([added, await watch.runsFor({ topic, ...added })]).toEqual([added, 1])
})

test('a document, then its absence', async () => {
  const topic = 'a document'
  const id = String(await write('notes:add', { topic, rank: 1 }))
  const other = String(await write('notes:add', { topic, rank: 2 }))
  await using watch = await subscribe('notes:get', { id })
  const runsOf = async (path: string, args: Args) => watch.runsAfter(() => write(path, args))
  expect(await runsOf('notes:patch', { id: other, fields: { rank: 3 } })).toBe(0)
  expect(await runsOf('notes:patch', { id, fields: { rank: 4 } })).toBe(1)
  expect(await runsOf('notes:remove', { id })).toBe(1)
  expect(await runsOf('notes:remove', { id: other })).toBe(0)
  expect(await runsOf('notes:add', { topic, rank: 5 })).toBe(0)
})

/** One subscription on a socket of its own. */
async function subscribe(path: string, args: Args) {
  const client = await RawClient.open(app.url)
  client.connect([{ udfPath: path, args }])
  await client.until(({ type }) => type === 'Transition')
  let requestId = 0
  /** A mutation of this socket: when its transition is here, the commits before it have been dealt with. */
  const settle = async () => {
    const id = requestId++
    const isAnswer = ({ type, requestId: of }: { type: string; requestId?: unknown }) =>
      type === 'MutationResponse' && of === id
    client.send({ type: 'Mutation', requestId: id, udfPath: 'work:record_', args: [{ name: 'settled' }] })
    const answer = await client.until(isAnswer)
    await client.until((message) => message.type === 'Transition' && client.isAfter(message, answer))
  }
  const runsAfter = async (act: () => Promise<unknown>): Promise<number> => {
    await settle()
    const before = app.runs(path)
    await act()
    await settle()
    return app.runs(path) - before
  }
  return {
    runsAfter,
    runsFor: (added: Args) => runsAfter(() => write('notes:add', added)),
    [Symbol.asyncDispose]: async () => client.close(),
  }
}
