import { spawn } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../fixtures/temporary-folder.ts'
import { openDataDir } from './data-dir.ts'

const holder = `
import { openDataDir } from ${JSON.stringify(new URL('data-dir.ts', import.meta.url).href)}
try {
  openDataDir(process.argv[1])
  process.stdout.write('held')
} catch (error) {
  process.stdout.write(error.message)
  process.exit(0)
}
setInterval(() => undefined, 1000)
`

/** A process that holds the folder until it is killed, or says why it cannot. */
function hold(path: string) {
  const child = spawn(process.execPath, ['--input-type=module', '-e', holder, path], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const said = new Promise<string>((resolve) => child.stdout.once('data', (text: Buffer) => resolve(text.toString())))
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGKILL')
    await gone
  }
  return { said, kill }
}

test('of several that start at once, one gets the folder', async () => {
  using folder = temporaryFolder()
  const data = join(folder.path, 'data')
  const holders = Array.from({ length: 4 }, () => hold(data))
  const said = await Promise.all(holders.map((one) => one.said))
  for (const one of holders) await one.kill()
  expect(said.filter((text) => text === 'held')).toHaveLength(1)
  expect(said.filter((text) => text.includes('is in use by another engine'))).toHaveLength(3)
})

test('a killed process holds nothing', async () => {
  using folder = temporaryFolder()
  const first = hold(folder.path)
  expect(await first.said).toBe('held')
  expect(() => openDataDir(folder.path)).toThrow(/is in use by another engine; stop that one first/)
  await first.kill()
  openDataDir(folder.path).release()
  openDataDir(folder.path).release()
})

test('a folder that cannot be written is refused with a sentence', () => {
  using folder = temporaryFolder()
  const file = join(folder.path, 'file')
  writeFileSync(file, '')
  expect(() => openDataDir(join(file, 'data'))).toThrow(/^The data folder .* cannot be written: ENOTDIR/)
})

test('a lock that is no lock is told from one that is held', () => {
  using folder = temporaryFolder()
  writeFileSync(
    join(folder.path, 'lock.sqlite'),
    'not a database, and longer than a header of one hundred bytes '.repeat(9),
  )
  expect(() => openDataDir(folder.path)).toThrow(
    /lock\.sqlite cannot be taken \(file is not a database\); delete that file/,
  )
  expect(existsSync(join(folder.path, 'data.sqlite'))).toBe(true)
})
