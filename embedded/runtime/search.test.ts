import type { JSONValue } from 'convex/values'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openEngine, type OpenEngine } from '../fixtures/open-engine.ts'
import type { Commit } from './engine.ts'

let app: OpenEngine
beforeEach(async () => {
  app = await openEngine()
})
afterEach(async () => await app[Symbol.asyncDispose]())

type Passage = { text: string; shelf?: string; pages?: number }

async function add(...passages: (Passage | string)[]): Promise<string[]> {
  const rows = passages.map((passage) => (typeof passage === 'string' ? { text: passage } : passage))
  return strings(await app.write('passages:add', { passages: rows }))
}

async function find(words: string, args: { [name: string]: JSONValue } = {}): Promise<string[]> {
  return strings(await app.read('passages:find', { words, ...args }))
}

function strings(value: JSONValue): string[] {
  if (!Array.isArray(value)) throw new TypeError('Not a list')
  return value.map(String)
}

describe('a search finds', () => {
  test('every document with one of the words, best first', async () => {
    await add('red apples', 'green pears', 'red pears and red plums', 'Yellow bananas')
    expect(await find('RED, pears!')).toEqual(['red pears and red plums', 'green pears', 'red apples'])
    expect(await find('grapes')).toEqual([])
    expect(await find('')).toEqual([])
    expect(await find('…')).toEqual([])
  })

  test('what holds the rarer word before what holds the commoner', async () => {
    await add('the cat', 'the quark', 'the dog', 'the cow', 'the hen')
    expect((await find('the quark'))[0]).toBe('the quark')
    expect(await find('the quark')).toHaveLength(5)
  })

  test('the shorter text and the more frequent word first; of equals the newest', async () => {
    await add('kite one', 'kite two', 'kite in a longer text than the others are', 'kite kite')
    const all = ['kite kite', 'kite two', 'kite one', 'kite in a longer text than the others are']
    expect(await find('kite ')).toEqual(all)
    expect(await find('kite ', { take: 2 })).toEqual(all.slice(0, 2))
  })

  test('the last word as a beginning, whole words before longer ones, other words only whole', async () => {
    await add('a rabbit', 'send request', 'an r', 'nothing')
    expect(await find('r')).toEqual(['an r', 'send request', 'a rabbit'])
    expect(await find('re')).toEqual(['send request'])
    expect(await find('rab nothing')).toEqual(['nothing'])
  })

  test('words of scripts without spaces', async () => {
    await add('吾輩は猫である。名前はまだ無い。', '黒猫。', 'ฉันรักแมว', '犬')
    expect(await find('猫')).toEqual(['黒猫。', '吾輩は猫である。名前はまだ無い。'])
    expect(await find('名前')).toEqual(['吾輩は猫である。名前はまだ無い。'])
    expect(await find('แมว')).toEqual(['ฉันรักแมว'])
  })

  test('only what fulfils the filters, also the absence of a field', async () => {
    await add({ text: 'sun a', shelf: 'A' }, { text: 'sun b', shelf: 'B' }, { text: 'sun none' })
    expect(await find('sun', { shelf: 'A' })).toEqual(['sun a'])
    expect(await find('sun', { shelf: null })).toEqual(['sun none'])
    expect(await find('sun', { shelf: 'C' })).toEqual([])
  })

  test('what passes a filter of the query, in the order of the search', async () => {
    await add({ text: 'sea sea', pages: 1 }, { text: 'sea one', pages: 200 }, { text: 'sea two', pages: 300 })
    expect(await app.read('passages:findThick', { words: 'sea', take: 5 })).toEqual(['sea two', 'sea one'])
    expect(await app.read('passages:findThick', { words: 'sea', take: 1 })).toEqual(['sea two'])
  })

  test('documents as they are now: changed, moved behind another filter, removed', async () => {
    const [first = '', second = '', third = ''] = await add('old words', { text: 'old shelf', shelf: 'A' }, 'old gone')
    await app.write('passages:change', { id: first, fields: { text: 'new words' } })
    await app.write('passages:change', { id: second, fields: { shelf: 'B' } })
    await app.write('passages:remove', { id: third })
    expect(await find('old')).toEqual(['old shelf'])
    expect(await find('new')).toEqual(['new words'])
    expect(await find('old', { shelf: 'A' })).toEqual([])
    expect(await find('old', { shelf: 'B' })).toEqual(['old shelf'])
  })
})

test('a mutation finds what it has written, and the rest not any more', async () => {
  const [changed = '', removed = ''] = await add('moon first', 'moon second', 'moon third')
  const args = { text: 'moon', changed, removed, words: 'moon' }
  expect(await app.write('passages:addChangeAndFind', args)).toEqual(['moon', 'moon moon changed', 'moon third'])
  expect(await find('moon')).toEqual(['moon', 'moon moon changed', 'moon third'])
})

test('a mutation that removes what it is still to find does not find it', async () => {
  await add('star one', 'star two', 'star three', 'star four')
  expect(await app.write('passages:removeWhileFinding', { words: 'star' })).toEqual(['star four', 'star two'])
  expect(await find('star')).toEqual([])
})

test('a snapshot finds what there was, whatever is committed after', async () => {
  const [first = '', second = ''] = await add('lake one', 'lake two', 'hill')
  const snapshot = app.engine.snapshot()
  await app.write('passages:change', { id: first, fields: { text: 'hill now' } })
  await app.write('passages:remove', { id: second })
  await add('lake three', 'lake lake')
  const run = await snapshot.query({ path: 'passages:find', args: { words: 'lake' }, identity: null })
  snapshot.release()
  expect(run.outcome).toMatchObject({ ok: true, value: ['lake two', 'lake one'] })
  expect(await find('lake')).toEqual(['lake lake', 'lake three'])
})

test('a query that is still taking its results finds them as they were, whatever is committed meanwhile', async () => {
  const texts = Array.from({ length: 200 }, (_, number) => `lake ${number}`)
  const ids = await add(...texts)
  const snapshot = app.engine.snapshot()
  let isRunning = true
  const running = snapshot.query({ path: 'passages:find', args: { words: 'lake ' }, identity: null })
  const run = running.finally(() => (isRunning = false))
  let commits = 0
  // The oldest change first: the query takes them last.
  for (const [place, id] of ids.entries()) {
    if (place % 2 === 0) await app.write('passages:remove', { id })
    else await app.write('passages:change', { id, fields: { text: 'hill' } })
    if (!isRunning) break
    commits++
  }
  const { outcome } = await run
  snapshot.release()
  expect(commits).toBeGreaterThan(0)
  expect(outcome).toMatchObject({ ok: true, value: texts.toReversed() })
})

describe('limits', () => {
  test('1,024 results are the most: taking them all is an error, taking or paging them is not', async () => {
    await add(...Array.from({ length: 1100 }, (_, number) => `word ${number}`))
    expect(await find('word ', { take: 1024 })).toHaveLength(1024)
    await expect(find('word ')).rejects.toThrow(/too many documents \(fetched 1024\)/)
    const texts: string[] = []
    for (let cursor: string | null = null, isDone = false; !isDone;) {
      const page = await readPage({ cursor, numItems: 400 }, 'word ')
      texts.push(...page.texts)
      cursor = page.continueCursor
      isDone = page.isDone
    }
    expect(texts).toEqual(Array.from({ length: 1024 }, (_, number) => `word ${1099 - number}`))
  })

  test('documents that were read count', async () => {
    await add('ice one', 'ice two', { text: 'snow', shelf: 'A' })
    const before = app.engine.metrics?.().bytesRead['passages:find'] ?? 0
    await find('ice')
    const ofTwo = (app.engine.metrics?.().bytesRead['passages:find'] ?? 0) - before
    expect(ofTwo).toBeGreaterThan(100)
    await find('ice', { take: 1 })
    expect((app.engine.metrics?.().bytesRead['passages:find'] ?? 0) - before - ofTwo).toBeLessThan(ofTwo)
  })

  test('an ordinary query by a search index is an error', async () => {
    await expect(app.read('passages:viaIndex')).rejects.toThrow(/passages\.by_text is a search index/)
  })
})

describe('pages', () => {
  test('follow each other without gap or overlap, and keep their end', async () => {
    await add('rain', 'rain rain', 'rain rain rain', 'rain and rain and sun')
    const all = await find('rain')
    const first = await readPage({ cursor: null, numItems: 3 }, 'rain')
    const second = await readPage({ cursor: first.continueCursor, numItems: 3 }, 'rain')
    expect([...first.texts, ...second.texts]).toEqual(all)
    expect([first.isDone, second.isDone]).toEqual([false, true])
    const again = await readPage({ cursor: null, numItems: 1 }, 'rain', first.journal)
    expect(again).toMatchObject({ texts: first.texts, continueCursor: first.continueCursor })
  })

  test('of another search are refused', async () => {
    await add('rain', 'rain rain', 'sun')
    const { continueCursor } = await readPage({ cursor: null, numItems: 1 }, 'rain')
    await expect(readPage({ cursor: continueCursor, numItems: 1 }, 'sun')).rejects.toThrow('InvalidCursor')
  })
})

describe('what was read', () => {
  const cases: [string, { [name: string]: JSONValue }, Passage, boolean][] = [
    ['a new document with the word', { words: 'fox' }, { text: 'a fox' }, true],
    ['a new document without the word', { words: 'fox' }, { text: 'a foxglove and a hen' }, true],
    ['a word that only begins so, before the last', { words: 'fox hen' }, { text: 'a foxglove' }, false],
    ['one of the words', { words: 'fox hen' }, { text: 'the fox' }, true],
    ['none of the words', { words: 'fox' }, { text: 'a hen' }, false],
    ['the word behind the filter', { words: 'fox', shelf: 'A' }, { text: 'a fox', shelf: 'A' }, true],
    ['the word behind another filter', { words: 'fox', shelf: 'A' }, { text: 'a fox', shelf: 'B' }, false],
    ['the filter without the word', { words: 'fox', shelf: 'A' }, { text: 'a hen', shelf: 'A' }, false],
    ['no words', { words: '' }, { text: 'a fox' }, false],
    ['a document that is not among those taken', { words: 'fox', take: 1 }, { text: 'fox, but in a long text' }, true],
  ]

  test.each(cases)('is touched, or not, by %s', async (_name, args, passage, isTouched) => {
    await add({ text: 'one fox', shelf: 'A' })
    const { readSet } = await app.query('passages:find', args)
    expect(readSet.overlaps(await commitOf(() => add(passage)))).toBe(isTouched)
  })

  test('is touched when a document stops to match, or changes elsewhere, or goes', async () => {
    const [first = '', second = '', third = ''] = await add('fox', 'fox two', 'fox three')
    const { readSet } = await app.query('passages:find', { words: 'fox' })
    const change = (id: string, fields: Partial<Passage>) =>
      commitOf(() => app.write('passages:change', { id, fields }))
    expect(readSet.overlaps(await change(first, { text: 'hen' }))).toBe(true)
    expect(readSet.overlaps(await change(first, { text: 'cow' }))).toBe(false)
    expect(readSet.overlaps(await change(second, { pages: 3 }))).toBe(true)
    expect(readSet.overlaps(await commitOf(() => app.write('passages:remove', { id: third })))).toBe(true)
  })

  test('is not touched by other tables', async () => {
    const { readSet } = await app.query('passages:find', { words: 'fox' })
    expect(readSet.overlaps(await commitOf(() => app.write('notes:add', { topic: 'fox', rank: 1 })))).toBe(false)
  })
})

async function commitOf(write: () => Promise<unknown>): Promise<Commit> {
  const commits: Commit[] = []
  const stop = app.engine.onCommit((commit) => commits.push(commit))
  await write()
  stop()
  const [commit] = commits
  if (commit === undefined || commits.length > 1) throw new Error(`${commits.length} commits instead of one`)
  return commit
}

async function readPage(
  paginationOpts: { cursor: string | null; numItems: number },
  words: string,
  journal: string | null = null,
) {
  const run = await app.query('passages:page', { words, paginationOpts }, journal)
  if (!run.outcome.ok) throw new Error(run.outcome.errorMessage)
  const page = run.outcome.value as { texts: string[]; isDone: boolean; continueCursor: string }
  return { ...page, journal: run.journal }
}
