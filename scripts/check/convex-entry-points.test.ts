import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { findEntryPoints, isDeployablePath, isModulePath } from './convex-entry-points.ts'

describe('what Convex takes for a module', () => {
  test.each([
    ['messages.ts', true],
    ['model/users.ts', true],
    ['http.js', true],
    ['schema.ts', false],
    ['auth.config.ts', false],
    ['model/send.test.ts', false],
    ['_generated/api.js', false],
    ['notes.md', false],
    ['.hidden.ts', false],
    ['with space.ts', false],
  ])('%s: %s', (path, expected) => expect(isModulePath(path)).toBe(expected))

  test.each([
    ['model/chunkWriter.ts', true],
    ['model/chunk_2.ts', true],
    ['model/chunk-writer.ts', false],
  ])('may %s be deployed: %s', (path, expected) => expect(isDeployablePath(path)).toBe(expected))

  test('finds modules and the runtime that each asks for', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'gloss-entries-'))
    const files = {
      'a.ts': 'export const a = 1',
      'node.ts': '// why\n"use node"\nimport "node:fs"',
      'said.ts': 'export const text = "use node"',
      'types/empty.ts': '// nothing yet',
      'a.test.ts': 'export {}',
    }
    for (const [path, source] of Object.entries(files)) {
      await mkdir(dirname(join(folder, path)), { recursive: true })
      await writeFile(join(folder, path), source)
    }
    expect(await findEntryPoints(folder)).toEqual([
      { path: 'a.ts', runtime: 'convex' },
      { path: 'node.ts', runtime: 'node' },
      { path: 'said.ts', runtime: 'convex' },
    ])
  })
})
