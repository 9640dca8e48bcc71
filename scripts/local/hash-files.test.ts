import { mkdir, mkdtemp, rename, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { hashFiles } from './hash-files.ts'

async function folderWith(files: Record<string, string>) {
  const root = await mkdtemp(join(tmpdir(), 'gloss-hash-'))
  for (const [name, text] of Object.entries(files)) {
    await mkdir(join(root, name, '..'), { recursive: true })
    await writeFile(join(root, name), text)
  }
  return root
}

const hashOf = async (files: Record<string, string>) =>
  hashFiles(await folderWith(files), ['src', 'one.json', 'absent'])

describe('hashFiles', () => {
  const files = { 'src/a.ts': 'a', 'src/deep/b.ts': 'b', 'one.json': '{}', 'other.md': 'x' }

  test('is the same for the same files elsewhere', async () => {
    expect(await hashOf(files)).toBe(await hashOf({ ...files, 'other.md': 'not named' }))
  })

  test('leaves tests out', async () => {
    expect(await hashOf({ ...files, 'src/a.test.ts': 'test' })).toBe(await hashOf(files))
  })

  test.each([
    ['a changed file', { ...files, 'src/deep/b.ts': 'c' }],
    ['a new file', { ...files, 'src/c.ts': '' }],
    ['text moved across a boundary', { ...files, 'src/a.ts': '', 'src/deep/b.ts': 'ab' }],
  ])('differs by %s', async (_name, changed) => {
    expect(await hashOf(changed)).not.toBe(await hashOf(files))
  })

  test('differs by a renamed file', async () => {
    const root = await folderWith(files)
    const before = await hashFiles(root, ['src'])
    await rename(join(root, 'src/a.ts'), join(root, 'src/z.ts'))
    expect(await hashFiles(root, ['src'])).not.toBe(before)
  })
})
