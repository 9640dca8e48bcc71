import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { emptyWhenFull } from './compiled-code.mjs'
import { temporaryFolder } from './fixtures/temporary-folder.ts'

test('compiled code is kept up to a number of files, then all of it goes', () => {
  using folder = temporaryFolder()
  const kept = join(folder.path, 'kept')
  emptyWhenFull(kept, 3)
  mkdirSync(join(kept, 'v24'), { recursive: true })
  for (const name of ['a', 'b']) writeFileSync(join(kept, 'v24', name), '')
  emptyWhenFull(kept, 3)
  expect(readdirSync(join(kept, 'v24'))).toEqual(['a', 'b'])
  writeFileSync(join(kept, 'v24', 'c'), '')
  emptyWhenFull(kept, 3)
  expect(readdirSync(folder.path)).toEqual([])
})
