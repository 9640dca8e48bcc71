import {
  closeSync,
  copyFileSync,
  cpSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openEngine } from '../fixtures/open-engine.ts'
import { temporaryFolder } from '../fixtures/temporary-folder.ts'
import { keepBackup } from './backups.ts'
import { dataPaths } from './data-dir.ts'

const page = 4096
const texts = Array.from({ length: 300 }, (_, rank) => `note ${rank} ${'word '.repeat(60)}`)

/** Closed, with 300 notes. */
const original = temporaryFolder()
beforeAll(async () => {
  const app = await openEngine({ dataDir: original.path })
  for (const [rank, text] of texts.entries()) await app.write('notes:add', { topic: 'a', rank, text })
  await app.engine.close()
})
afterAll(() => original[Symbol.dispose]())

function fill(dataDir: string): void {
  cpSync(original.path, dataDir, { recursive: true, preserveTimestamps: true })
}

/** What a killed process leaves: the folder as it is while an engine is writing. */
async function fillAndKill(dataDir: string, topic: string): Promise<void> {
  using other = temporaryFolder()
  const app = await openEngine({ dataDir: other.path })
  for (let rank = 0; rank < 5; rank++) await app.write('notes:add', { topic, rank })
  for (const name of ['data.sqlite', 'data.sqlite-wal', 'at-rest.json']) {
    copyFileSync(join(other.path, name), join(dataDir, name))
  }
  await app.engine.close()
}

function overwrite(path: string, position: number, bytes: Uint8Array): void {
  const file = openSync(path, 'r+')
  writeSync(file, bytes, 0, bytes.length, position)
  closeSync(file)
}

const garbage = Buffer.from('garbage '.repeat(page / 8))

/** The page where the B-tree of a table or index begins, counted from 1. */
function rootOf(path: string, name: string): number {
  const database = new DatabaseSync(path, { readOnly: true })
  const found = database.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').get(name)?.['rootpage']
  database.close()
  return Number(found)
}

test.each<[string, (path: string) => void]>([
  ['its first bytes are overwritten', (path) => overwrite(path, 0, Buffer.from('nothing like it'))],
  ['its page size is overwritten', (path) => overwrite(path, 16, Buffer.from([0x12, 0x34]))],
  ['the schema is overwritten', (path) => overwrite(path, 100, garbage.subarray(0, page - 100))],
  ['it is cut to nothing', (path) => truncateSync(path, 0)],
  ['it is cut within its header', (path) => truncateSync(path, 60)],
  ['it is cut in the middle', (path) => truncateSync(path, Math.floor(statSync(path).size / 2))],
  ['it lacks its last page', (path) => truncateSync(path, statSync(path).size - page)],
  ['it is gone', (path) => rmSync(path)],
  [
    'the root of the documents is overwritten',
    (path) => overwrite(path, (rootOf(path, 'documents') - 1) * page, garbage),
  ],
  ['the list of tables is overwritten', (path) => overwrite(path, (rootOf(path, 'tables') - 1) * page, garbage)],
  ['a page of documents is overwritten', (path) => overwrite(path, statSync(path).size - page * 3, garbage)],
  ['a page of documents is zeros', (path) => overwrite(path, statSync(path).size - page * 3, Buffer.alloc(page))],
  ['a log of something else lies beside it', (path) => writeFileSync(`${path}-wal`, garbage)],
])('a database is refused and left as it is when %s', async (_name, damage) => {
  using folder = temporaryFolder()
  fill(folder.path)
  const { databasePath } = dataPaths(folder.path)
  damage(databasePath)
  const before = existsSync(databasePath) ? readFileSync(databasePath) : Buffer.alloc(0)
  for (let attempt = 0; attempt < 2; attempt++) {
    await expect(openEngine({ dataDir: folder.path })).rejects.toThrow(
      /is damaged \(.+\), and there is no good back-up/,
    )
  }
  expect(readFileSync(databasePath).equals(before)).toBe(true)
  await expect(openEngine({ dataDir: folder.path, recover: true })).rejects.toThrow(/there is no good back-up/)
})

test('the write-ahead log of another database is refused, also when it is whole', async () => {
  using folder = temporaryFolder()
  using other = temporaryFolder()
  await fillAndKill(folder.path, 'mine')
  await fillAndKill(other.path, 'theirs')
  copyFileSync(join(other.path, 'data.sqlite-wal'), join(folder.path, 'data.sqlite-wal'))
  await expect(openEngine({ dataDir: folder.path })).rejects.toThrow(/its write-ahead log is that of another database/)
})

test('what a killed engine left is whole', async () => {
  using folder = temporaryFolder()
  await fillAndKill(folder.path, 'mine')
  await using app = await openEngine({ dataDir: folder.path })
  expect(await app.read('notes:ofTopic', { topic: 'mine', take: 9 })).toEqual([0, 1, 2, 3, 4])
})

test('with --recover the newest good back-up is taken, and what was damaged is kept', async () => {
  using folder = temporaryFolder()
  fill(folder.path)
  const paths = dataPaths(folder.path)
  const database = new DatabaseSync(paths.databasePath)
  const good = keepBackup(paths, database)
  database.exec('DELETE FROM documents')
  const bad = keepBackup(paths, database)
  database.close()
  overwrite(bad, page * 2, garbage)
  overwrite(paths.databasePath, 0, garbage)

  await expect(openEngine({ dataDir: folder.path })).rejects.toThrow(`--recover to go on from ${good}`)
  const damaged = readFileSync(paths.databasePath)
  await using app = await openEngine({ dataDir: folder.path, recover: true })
  expect(await app.read('notes:ofTopic', { topic: 'a', take: 999 })).toHaveLength(texts.length)
  expect(app.log.join('\n')).toContain(`going on from ${good}`)
  const aside = readdirSync(folder.path).find((name) => name.startsWith('damaged-')) ?? ''
  expect(readFileSync(join(folder.path, aside, 'data.sqlite')).equals(damaged)).toBe(true)
  await using again = await app.reopen()
  await again.write('notes:add', { topic: 'a', rank: 1_000 })
})

test('after a crash in the middle of going back, the database is not taken for a new one', async () => {
  using folder = temporaryFolder()
  fill(folder.path)
  const paths = dataPaths(folder.path)
  const database = new DatabaseSync(paths.databasePath)
  keepBackup(paths, database)
  database.close()
  rmSync(paths.databasePath)
  rmSync(paths.atRestPath)
  await expect(openEngine({ dataDir: folder.path })).rejects.toThrow(/the file is missing or empty/)
  await using app = await openEngine({ dataDir: folder.path, recover: true })
  expect(await app.read('notes:ofTopic', { topic: 'a', take: 999 })).toHaveLength(texts.length)
})
