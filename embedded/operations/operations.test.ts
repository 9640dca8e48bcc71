import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { openEngine, type OpenEngine } from '../fixtures/open-engine.ts'
import { temporaryFolder } from '../fixtures/temporary-folder.ts'
import { runOperation } from './run-operation.ts'

const projectDir = fileURLToPath(new URL('../fixtures/app', import.meta.url))
const componentsDir = fileURLToPath(new URL('../fixtures/components', import.meta.url))
const special = {
  a: { $integer: '//////////8=' },
  b: { $bytes: 'AAEC' },
  c: { $float: 'AAAAAAAA+H8=' },
  d: [null, true, 'ü\u2028\n"'],
}

/** Notes, passages that can be found, and a table without a schema. */
async function fill(app: OpenEngine): Promise<void> {
  await app.write('notes:addMany', { topic: 'a', from: 0, count: 700 })
  const passages = Array.from({ length: 20 }, (_, number) => ({ text: `passage number${number}`, shelf: 's' }))
  await app.write('passages:add', { passages })
  await app.write('notes:insertAnything', { table: 'anything', document: special })
}

async function filled(dataDir: string): Promise<OpenEngine> {
  const app = await openEngine({ dataDir })
  await fill(app)
  return app
}

test('what is exported and imported is the same, ids and times too, and is indexed', async () => {
  using folder = temporaryFolder()
  const zip = join(folder.path, 'snapshot.zip')
  const first = await filled(join(folder.path, 'first'))
  const id = await first.write('notes:add', { topic: 'kept', rank: 1, text: 'the same' })
  const note = await first.read('notes:get', { id })
  await runOperation('export', '--data', first.dataDir, '--to', zip)
  await first.engine.close()

  const data = join(folder.path, 'second')
  const { lines } = await runOperation('import', '--from', zip, '--data', data, '--project', projectDir)
  expect(lines).toContain('notes: 701 documents')
  expect(lines.join('\n')).not.toContain('back-up')
  expect((await runOperation('check', '--data', data)).lines).toContain(
    'passages: 20 documents, 3 indexes, 1 search indexes',
  )
  const again = join(folder.path, 'again.zip')
  await runOperation('export', '--data', data, '--to', again)
  expect(readFileSync(again).equals(readFileSync(zip))).toBe(true)

  await using second = await openEngine({ dataDir: data })
  expect(await second.read('notes:get', { id })).toEqual(note)
  expect(await second.read('passages:find', { words: 'number7' })).toEqual(['passage number7'])
  expect(await second.read('notes:ofTopic', { topic: 'a', take: 2, order: 'desc' })).toEqual([699, 698])
  await second.write('notes:add', { topic: 'kept', rank: 2 })
  expect(await second.read('notes:ofTopic', { topic: 'kept', take: 9 })).toEqual([1, 2])
})

test('a snapshot holds the tables of components, and nothing of them is mixed up', async () => {
  using folder = temporaryFolder()
  const zip = join(folder.path, 'snapshot.zip')
  const options = { projectDir: componentsDir, env: { LABEL: 'one' } }
  const first = await openEngine({ ...options, dataDir: join(folder.path, 'first') })
  const id = await first.write('calls:add', { name: 'same', by: 1 })
  await first.write('calls:addToSecond', { name: 'same', by: 2 })
  await first.write('calls:write', { name: 'same' })
  await first.write('topics:add', { topic: 'same' })
  await first.engine.close()
  await runOperation('export', '--data', first.dataDir, '--to', zip)

  const data = join(folder.path, 'second')
  const { lines } = await runOperation('import', '--from', zip, '--data', data, '--project', componentsDir)
  for (const table of ['counts', 'first/counts', 'second/counts', 'ledger/counter/counts']) {
    expect(lines).toContain(`${table}: 1 documents`)
  }
  const checked = await runOperation('check', '--data', data)
  expect(checked.lines).toContain('ledger/counter/counts: 1 documents, 3 indexes, 0 search indexes')
  expect(checked.lines.at(-1)).toBe('No problems were found.')
  await using second = await openEngine({ ...options, dataDir: data })
  expect(await second.read('calls:counts', { name: 'same' })).toEqual({ first: 1, second: 2 })
  expect(await second.read('calls:countOf', { id })).toBe(1)
  expect(await second.read('calls:read', { name: 'same' })).toMatchObject({ count: 1 })
  expect(await second.read('topics:ofTopic', { topic: 'same' })).toBe(1)
})

test('without a project, indexes are built at the next start', async () => {
  using folder = temporaryFolder()
  const zip = join(folder.path, 'snapshot.zip')
  const first = await filled(join(folder.path, 'first'))
  await runOperation('export', '--data', first.dataDir, '--to', zip)
  await first.engine.close()
  const data = join(folder.path, 'second')
  await runOperation('import', '--from', zip, '--data', data)
  await using second = await openEngine({ dataDir: data })
  expect(await second.read('passages:find', { words: 'number7' })).toEqual(['passage number7'])
})

test('an import replaces data only when told to, can be repeated, and keeps a back-up', async () => {
  using folder = temporaryFolder()
  const zip = join(folder.path, 'snapshot.zip')
  const app = await filled(join(folder.path, 'data'))
  await runOperation('export', '--data', app.dataDir, '--to', zip)
  await expect(runOperation('import', '--from', zip, '--data', app.dataDir, '--replace')).rejects.toThrow(/in use/)
  await app.write('notes:addMany', { topic: 'later', from: 0, count: 3 })
  await app.engine.close()
  await expect(runOperation('import', '--from', zip, '--data', app.dataDir)).rejects.toThrow(/--replace/)
  for (let time = 0; time < 2; time++) {
    await runOperation('import', '--from', zip, '--data', app.dataDir, '--replace')
    const { code, lines } = await runOperation('check', '--data', app.dataDir)
    expect(lines).toContain('notes: 700 documents, 2 indexes, 0 search indexes')
    expect(code).toBe(0)
  }
  expect(readdirSync(join(app.dataDir, 'backups'))).toHaveLength(2)
  expect(existsSync(join(app.dataDir, 'importing'))).toBe(false)
})

test('a snapshot that does not fit the schema, or cannot be read, changes nothing', async () => {
  using folder = temporaryFolder()
  const zip = join(folder.path, 'snapshot.zip')
  const app = await openEngine({ dataDir: join(folder.path, 'data'), projectDir: wireProject })
  await app.write('lines:add', { texts: ['of another project'] })
  await app.write('counter:add', { name: 'notes' })
  await runOperation('export', '--data', app.dataDir, '--to', zip)
  await app.engine.close()

  const other = await filled(join(folder.path, 'other'))
  await other.engine.close()
  const files = () => readdirSync(other.dataDir).toSorted()
  const before = [files(), readFileSync(join(other.dataDir, 'data.sqlite'))]
  const replace = (...more: string[]) =>
    runOperation('import', '--from', zip, '--data', other.dataDir, '--replace', ...more)
  const strict = join(folder.path, 'strict')
  mkdirSync(join(strict, 'convex'), { recursive: true })
  writeFileSync(
    join(strict, 'convex', 'schema.ts'),
    `export default { export: () => JSON.stringify({ schemaValidation: true, tables: [{ tableName: 'lines', indexes: [],
      documentType: { type: 'object', value: { text: { fieldType: { type: 'number' }, optional: false } } } }] }) }`,
  )
  await expect(replace('--project', strict)).rejects.toThrow(/1 documents do not match the schema \(lines: 1\)/)
  truncateSync(zip, statSync(zip).size - 30)
  await expect(replace()).rejects.toThrow(/is no zip archive that can be read/)
  expect([files(), readFileSync(join(other.dataDir, 'data.sqlite'))]).toEqual(before)
})

const wireProject = fileURLToPath(new URL('../fixtures/wire', import.meta.url))

test('a copy of a running engine is complete, is checked, and can be served', async () => {
  using folder = temporaryFolder()
  const app = await filled(join(folder.path, 'data'))
  mkdirSync(join(app.dataDir, 'files'), { recursive: true })
  writeFileSync(join(app.dataDir, 'files', 'whole'), 'content')
  writeFileSync(join(app.dataDir, 'files', 'half.part'), 'cont')
  const copy = join(folder.path, 'copy')
  const { lines } = await runOperation('backup', '--data', app.dataDir, '--to', copy)
  expect(lines.at(-1)).toContain('the copy was checked')
  await app.write('notes:addMany', { topic: 'later', from: 0, count: 3 })
  await app.engine.close()
  expect(readdirSync(join(copy, 'files'))).toEqual(['whole'])
  await expect(runOperation('backup', '--data', app.dataDir, '--to', copy)).rejects.toThrow(/is there already/)
  await using second = await openEngine({ dataDir: copy })
  expect(await second.read('notes:ofTopic', { topic: 'a', take: 999 })).toHaveLength(700)
  expect(await second.read('notes:ofTopic', { topic: 'later', take: 999 })).toEqual([])
})

test('a reset deletes all data, after a word, and of no running engine', async () => {
  using folder = temporaryFolder()
  const app = await filled(join(folder.path, 'data'))
  writeFileSync(join(app.dataDir, 'of someone else'), 'stays')
  await expect(runOperation('reset', '--data', app.dataDir, '--yes')).rejects.toThrow(/in use by another engine/)
  const again = await app.reopen()
  await again.engine.close()
  await expect(runOperation('reset', '--data', app.dataDir)).rejects.toThrow(/Give --yes/)
  expect((await runOperation('check', '--data', app.dataDir)).code).toBe(0)
  await runOperation('reset', '--data', app.dataDir, '--yes')
  expect(readdirSync(app.dataDir).toSorted()).toEqual(['lock.sqlite', 'of someone else'])
  await using fresh = await openEngine({ dataDir: app.dataDir })
  expect(await fresh.read('notes:ofTopic', { topic: 'a', take: 9 })).toEqual([])
  await expect(runOperation('reset', '--data', folder.path, '--yes')).rejects.toThrow(/There is no data in/)
})

test('the commands of the command line, and their exit codes', async () => {
  using folder = temporaryFolder()
  const app = await filled(join(folder.path, 'data'))
  await app.engine.close()
  const cli = fileURLToPath(new URL('../cli.mjs', import.meta.url))
  const run = (...args: string[]) => promisify(execFile)(process.execPath, [cli, ...args])
  expect((await run('check', '--data', app.dataDir)).stdout).toMatch(/No problems were found\.\n$/)
  truncateSync(join(app.dataDir, 'data.sqlite'), 8_192)
  await expect(run('check', '--data', app.dataDir)).rejects.toMatchObject({
    code: 1,
    stdout: expect.stringMatching(/Problem: .*\nProblems found: \d+\.\n$/s),
  })
  await expect(run('nonsense')).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining('import --from') })
})
