import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { runProgram } from './terminal/run-program.ts'

async function check(files: Record<string, string>) {
  const folder = await mkdtemp(join(tmpdir(), 'gloss-convex-'))
  for (const [name, source] of Object.entries(files)) await writeFile(join(folder, name), source)
  const script = join(import.meta.dirname, 'check-convex.ts')
  const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning']
  return runProgram(process.execPath, [...flags, script, folder])
}

describe('check-convex', () => {
  test.each([
    [
      'the language and the documented globals',
      { 'a.ts': 'export const hash = [crypto.subtle, new Map(), TextEncoder]' },
    ],
    [
      'a chunk shared by two modules',
      {
        'a.ts': 'import { shared } from "./c.ts"\nexport const a = shared',
        'b.ts': 'import { shared } from "./c.ts"\nexport const b = shared',
        'c.ts': 'export const shared = new Set([1])',
      },
    ],
    [
      'a Node built-in under "use node"',
      { 'a.ts': '"use node"\nimport { readFileSync } from "node:fs"\nexport const read = readFileSync' },
    ],
    [
      'AsyncLocalStorage',
      { 'a.ts': 'import { AsyncLocalStorage } from "node:async_hooks"\nexport const s = new AsyncLocalStorage()' },
    ],
    ['a test, which is not pushed', { 'a.test.ts': 'import "node:fs"\nexport {}', 'b.ts': 'export const b = 1' }],
  ])('accepts %s', async (_name, files) => {
    expect(await check(files)).toMatchObject({ code: 0, output: expect.stringContaining("load with Convex's globals") })
  })

  test.each([
    [
      'a Node built-in',
      { 'a.ts': 'import { readFileSync } from "node:fs"\nexport const read = readFileSync' },
      /a\.ts:1: .*node:fs/,
    ],
    [
      'a Node global',
      { 'a.ts': 'export const bytes = Buffer.from("a")' },
      /a\.js: ReferenceError: Buffer is not defined/,
    ],
    ['a browser global', { 'a.ts': 'export const title = document.title' }, /document is not defined/],
    ['a module that throws', { 'a.ts': 'export const a = JSON.parse("{")' }, /a\.js: SyntaxError/],
    ['a path that cannot be deployed', { 'a-b.ts': 'export const a = 1' }, /a-b\.ts: Convex takes letters/],
  ])('refuses %s', async (_name, files, reason) => {
    expect(await check(files)).toMatchObject({ code: 1, output: expect.stringMatching(reason) })
  })
})
