import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { isRunning } from './local/process-table.ts'

const newFolder = () => mkdtemp(join(tmpdir(), 'gloss-start-'))

/** `npm start`, as its own process and without a display. */
async function start(folder: string, args: string[] = [], environment: Record<string, string> = {}) {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'start.ts'), ...args], {
    env: { ...process.env, GLOSS_FOLDER: folder, GLOSS_HEADLESS: '1', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const printed = { stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => (printed.stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (printed.stderr += text))
  const [code] = await once(child, 'close')
  return { code: code as unknown, ...printed }
}

const oneSentence = /^[^\n]+\.\n$/

describe('npm start refuses in one sentence, and leaves nothing half-written', () => {
  test.each([
    ['an argument that is no address', ['nonsense'], /^"nonsense" is not a web address: give/],
    ['two addresses', ['https://a.test', 'https://b.test'], /^Gloss opens one page/],
  ])('%s', async (_name, args, sentence) => {
    const folder = join(await newFolder(), '.gloss')
    const { code, stdout, stderr } = await start(folder, args)
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(sentence)
    expect(stderr).toMatch(oneSentence)
    expect(existsSync(folder)).toBe(false)
  })

  test('a file where the folder has to be', async () => {
    const path = join(await newFolder(), '.gloss')
    await writeFile(path, 'mine')
    const { code, stderr } = await start(path)
    expect({ code, kept: await readFile(path, 'utf8') }).toEqual({ code: 1, kept: 'mine' })
    expect(stderr).toMatch(/a file stands in the way: move/)
    expect(stderr).toMatch(oneSentence)
  })

  // /sys takes no new folder from anyone, root included, for whom file modes mean nothing.
  test.runIf(process.platform === 'linux')('a folder that cannot be written', async () => {
    const { code, stderr } = await start('/sys/.gloss')
    expect(code).toBe(1)
    expect(stderr).toMatch(/^Gloss (is not allowed to|cannot) \w+ \/sys\/\.gloss/)
    expect(stderr).toMatch(oneSentence)
  })

  test('a browser that is not there', async () => {
    const folder = await newFolder()
    const { code, stderr } = await start(folder, [], { GLOSS_BROWSER: join(folder, 'nothing') })
    expect(code).toBe(1)
    expect(stderr).toMatch(/^GLOSS_BROWSER names .*: name a Chromium/)
    expect(stderr).toMatch(oneSentence)
    expect(await readdir(folder)).toEqual([])
  })
})

test('npm start without a display: answer on the terminal, a picture, and nothing left running; again with a port taken', async () => {
  const folder = await newFolder()
  const first = await start(folder)
  expect(failureOf(first)).toBe('')
  expect(first.stdout).toMatch(/\S.{20,}/)
  expect((await readFile(join(folder, 'summary.png'))).subarray(1, 4).toString()).toBe('PNG')
  expect(existsSync(join(folder, 'running.json'))).toBe(false)

  const ports: unknown = JSON.parse(await readFile(join(folder, 'ports.json'), 'utf8'))
  const thief = createServer().listen((ports as { engine: number }).engine, '127.0.0.1')
  await once(thief, 'listening')
  const second = await start(folder)
  thief.close()
  expect(failureOf(second)).toBe('')
  expect(second.stdout).toBe(first.stdout)
  expect(second.stderr).toMatch(/^Port \d+ is taken: the engine uses \d+ from now on\.$/m)
}, 300_000)

test('an interrupted start takes its engine with it', async () => {
  const folder = await newFolder()
  const child = spawn(process.execPath, [join(import.meta.dirname, 'start.ts')], {
    env: { ...process.env, GLOSS_FOLDER: folder, GLOSS_HEADLESS: '1' },
    stdio: 'ignore',
  })
  const engine = await untilEngine(join(folder, 'running.json'))
  child.kill('SIGKILL')
  await expect.poll(() => isRunning(engine), { timeout: 30_000, interval: 100 }).toBe(false)
}, 120_000)

/** What a run that failed said of it. */
function failureOf({ code, stderr }: { code: unknown; stderr: string }): string {
  return code === 0 ? '' : `exit ${String(code)}: ${stderr}`
}

async function untilEngine(path: string): Promise<number> {
  for (;;) {
    const text = await readFile(path, 'utf8').catch(() => '{}')
    const { engine } = JSON.parse(text) as { engine?: number }
    if (engine !== undefined) return engine
    await new Promise((done) => setTimeout(done, 50))
  }
}
