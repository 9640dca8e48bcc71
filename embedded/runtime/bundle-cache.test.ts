import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { emptyBundleCache, findCachedBundle, rememberBundle } from './bundle-cache.ts'

let cacheDir: string
let input: string
beforeEach(() => {
  const root = mkdtempSync(join(tmpdir(), 'bundle-cache-test-'))
  cacheDir = join(root, 'cache')
  input = join(root, 'input.ts')
  writeFileSync(input, 'export {}')
  emptyBundleCache(cacheDir, 'folder')
  rememberBundle(cacheDir, 'folder', 'recipe', [input])
})
afterEach(() => rmSync(join(cacheDir, '..'), { recursive: true, force: true }))

test('an unchanged bundle is found again', () => {
  expect(findCachedBundle(cacheDir, 'recipe')).toMatchObject({ folder: 'folder' })
})

test.each<[string, () => void]>([
  ['a file it was made from has changed', () => appendFileSync(input, '// more')],
  ['a file it was made from is gone', () => rmSync(input)],
  ['its description was only half written', () => writeFileSync(join(cacheDir, 'bundle.json'), '{"folder": "fol')],
  ['its description is something else', () => writeFileSync(join(cacheDir, 'bundle.json'), '[]')],
  ['it was removed', () => void emptyBundleCache(cacheDir, 'other')],
])('it is made anew when %s', (_name, change) => {
  change()
  expect(findCachedBundle(cacheDir, 'recipe')).toBeNull()
})

test('it is made anew for other files', () => expect(findCachedBundle(cacheDir, 'other recipe')).toBeNull())
