import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openEngine } from '../fixtures/open-engine.ts'
import { temporaryFolder } from '../fixtures/temporary-folder.ts'
import { runOperation } from './run-operation.ts'

/** Closed, with notes and passages, some of which were removed again. */
const original = temporaryFolder()
beforeAll(async () => {
  const app = await openEngine({ dataDir: original.path })
  await app.write('notes:addMany', { topic: 'a', from: 0, count: 50 })
  for (let part = 0; part < 10; part++) {
    const passages = Array.from({ length: 10 }, (_, number) => ({ text: `passage ${part} ${number}`, shelf: 's' }))
    const ids = await app.write('passages:add', { passages })
    if (Array.isArray(ids)) await app.write('passages:remove', { id: ids[0] ?? null })
  }
  await app.engine.close()
})
afterAll(() => original[Symbol.dispose]())

function fill(dataDir: string): void {
  cpSync(original.path, dataDir, { recursive: true, preserveTimestamps: true })
}

function change(dataDir: string, sql: string): void {
  const database = new DatabaseSync(join(dataDir, 'data.sqlite'))
  database.exec(sql)
  database.close()
}

test('sound data is counted', async () => {
  using folder = temporaryFolder()
  fill(folder.path)
  const { code, lines } = await runOperation('check', '--data', folder.path)
  expect(code).toBe(0)
  expect(lines).toContain('notes: 50 documents, 4 indexes, 0 search indexes')
  expect(lines).toContain('passages: 90 documents, 3 indexes, 1 search indexes')
  expect(lines.at(-1)).toBe('No problems were found.')
})

test('a running engine is looked at too, with what it has not yet written into the file', async () => {
  using folder = temporaryFolder()
  fill(folder.path)
  const app = await openEngine({ dataDir: folder.path })
  await app.write('notes:addMany', { topic: 'b', from: 0, count: 7 })
  const { code, lines } = await runOperation('check', '--data', folder.path)
  expect(code).toBe(0)
  expect(lines).toContain('notes: 57 documents, 4 indexes, 0 search indexes')
  await app.write('notes:addMany', { topic: 'c', from: 0, count: 1 })
  await app.engine.close()
})

const someNote = `(SELECT row_id FROM documents WHERE json LIKE '%"rank":7,%' OR json LIKE '%"rank":7}%' LIMIT 1)`
const index = (name: string) => `(SELECT id FROM indexes WHERE name = '${name}')`

test.each<[string, string, RegExp]>([
  [
    'a document is gone',
    `DELETE FROM documents WHERE row_id = ${someNote}`,
    /"by_rank" of table "notes" points to row \d+, where there is no document/,
  ],
  [
    'a document is not indexed',
    `DELETE FROM entries WHERE index_id = ${index('by_rank')} AND row_id = ${someNote}`,
    /The document "\w+" in table "notes" is not in the index "by_rank"/,
  ],
  [
    'an entry has another key',
    `UPDATE entries SET key = x'0102' WHERE index_id = ${index('by_rank')} AND row_id = ${someNote}`,
    /under a key that its document does not have/,
  ],
  [
    'an entry points to another document',
    `UPDATE entries SET row_id = row_id + 1 WHERE index_id = ${index('by_rank')} AND row_id = ${someNote}`,
    /is not in the index "by_rank"/,
  ],
  [
    'there is one entry too many',
    `INSERT INTO entries SELECT index_id, x'0102', row_id FROM entries WHERE index_id = ${index('by_rank')} AND row_id = ${someNote}`,
    /under a key that its document does not have/,
  ],
  [
    'entries are of no index',
    `INSERT INTO entries VALUES (999, x'01', 1)`,
    /1 entries of index 999, which does not exist/,
  ],
  [
    'a document is no JSON',
    `UPDATE documents SET json = '{' WHERE row_id = ${someNote}`,
    /row \d+ of table "notes" cannot be decoded/,
  ],
  [
    'a document is no object',
    `UPDATE documents SET json = '[]' WHERE row_id = ${someNote}`,
    /cannot be decoded: A stored document is not an object/,
  ],
  [
    'a document does not fit',
    `UPDATE documents SET json = replace(json, '"topic":"a"', '"topic":123') WHERE row_id = ${someNote}`,
    /does not fit its schema: Value does not match validator. Path: .topic/,
  ],
  ['a size is wrong', `UPDATE documents SET size = size + 1 WHERE row_id = ${someNote}`, /is stored with a wrong size/],
  [
    'an id is none',
    `UPDATE documents SET json = replace(json, '"_id":"', '"_id":"x') WHERE row_id = ${someNote}`,
    /has an id that is none/,
  ],
  [
    'a table is gone',
    `DELETE FROM tables WHERE name = 'events'; UPDATE documents SET table_number = 77 WHERE row_id = ${someNote}`,
    /belongs to table 77, which does not exist/,
  ],
  [
    'a document moved to another table',
    `UPDATE documents SET table_number = (SELECT number FROM tables WHERE name = 'events') WHERE row_id = ${someNote}`,
    /in table "events" has an id of table \d+/,
  ],
  [
    'a built-in index is gone',
    `DELETE FROM indexes WHERE name = 'by_id'`,
    /Not all of the database can be read: Table .* lacks a built-in index/,
  ],
  [
    'words are gone',
    `DELETE FROM search_segments WHERE segment_id = (SELECT MIN(segment_id) FROM search_segments)`,
    /The search index "by_text" of table "passages" holds \d+ of 90 documents/,
  ],
  [
    'a page of words is garbage',
    `UPDATE search_pages SET data = x'ff00ff00ff00ff00'`,
    /search index "by_text" of table "passages", segment \d+: /,
  ],
  [
    'a page of words is cut',
    `UPDATE search_pages SET data = substr(data, 1, length(data) / 2)`,
    /search index "by_text" of table "passages", segment \d+: /,
  ],
  [
    'a removed passage is said to be there',
    `DELETE FROM entries WHERE row_id IN (SELECT row_id FROM documents WHERE json LIKE '%"passage 3 4"%');
     DELETE FROM documents WHERE json LIKE '%"passage 3 4"%'`,
    /which is no document of the table/,
  ],
  [
    'a passage was changed behind the index',
    `UPDATE documents SET json = replace(json, '"passage 3 4"', '"passage 3 4 5"') WHERE json LIKE '%passage 3 4%'`,
    /holds an older state of row \d+/,
  ],
  ['a search index is gone', `DELETE FROM search_indexes`, /segments of the search index \d+, which does not exist/],
])('it is found that %s', async (_name, sql, problem) => {
  using folder = temporaryFolder()
  fill(folder.path)
  change(folder.path, sql)
  const { code, lines } = await runOperation('check', '--data', folder.path)
  expect(lines.filter((line) => line.startsWith('Problem: ')).join('\n')).toMatch(problem)
  expect(lines.at(-1)).toMatch(/^Problems found: [1-9]/)
  expect(code).toBe(1)
})

test('a folder without data is refused', async () => {
  using folder = temporaryFolder()
  await expect(runOperation('check', '--data', folder.path)).rejects.toThrow(/There is no data in/)
  await expect(runOperation('check')).rejects.toThrow(/--data is missing. Usage: /)
  await expect(runOperation('check', '--data', folder.path, '--more')).rejects.toThrow(/--more/)
})
