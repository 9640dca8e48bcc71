import { mkdtemp, readdir, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openStateFolder } from './state-folder.ts'

const newFolder = () => mkdtemp(join(tmpdir(), 'gloss-state-'))

describe('the state folder', () => {
  test('is private, and so is what is written in it', async () => {
    const folder = await openStateFolder(join(await newFolder(), '.gloss'))
    await folder.writeJson('kept.json', { a: 1 })
    expect((await stat(folder.root)).mode & 0o777).toBe(0o700)
    expect((await stat(folder.path('kept.json'))).mode & 0o777).toBe(0o600)
    expect(await folder.readJson('kept.json')).toEqual({ a: 1 })
    expect((await readdir(folder.root)).filter((name) => name.endsWith('.tmp'))).toEqual([])
  })

  test('an absent file reads as undefined', async () => {
    const folder = await openStateFolder(join(await newFolder(), '.gloss'))
    expect(await folder.readJson('absent.json')).toBeUndefined()
  })

  test('a damaged file is a sentence that names it', async () => {
    const folder = await openStateFolder(join(await newFolder(), '.gloss'))
    await writeFile(folder.path('damaged.json'), '{"a":')
    await expect(folder.readJson('damaged.json')).rejects.toThrow(/damaged\.json is damaged: delete/)
  })

  test('a file in its place is refused', async () => {
    const path = join(await newFolder(), '.gloss')
    await writeFile(path, '')
    await expect(openStateFolder(path)).rejects.toMatchObject({ code: 'EEXIST' })
  })
})
