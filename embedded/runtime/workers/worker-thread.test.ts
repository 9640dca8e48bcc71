import { mkdtempSync, rmSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { FileLocation } from '../files.ts'
import type { CallEnvironment, Syscalls } from '../function-host.ts'
import { FunctionRegistry, type FunctionDefinition } from '../function-registry.ts'
import type { FunctionBundle } from '../import-modules.ts'
import { loadFunctions } from '../load-functions.ts'
import { WorkerHost } from './worker-host.ts'

/** Keeps what is stored in the folder, and tells where; refuses what is empty. */
function keepFiles(folder: string): Syscalls {
  const files = new Map<string, FileLocation>()
  return {
    sync: () => {
      throw new Error('not asked for')
    },
    async: () => Promise.reject(new Error('not asked for')),
    object: async (operation, args) => {
      const { blob, storageId } = args as { blob?: Blob; storageId?: string }
      if (operation === 'storage/getBlob') return files.get(storageId ?? '') ?? null
      if (blob === undefined || blob.size === 0) throw new Error('nothing to keep')
      const id = `file ${files.size}`
      const path = join(folder, id)
      await writeFile(path, await blob.bytes())
      files.set(id, { path, type: blob.type })
      return id
    },
    close: () => {},
  }
}

const environment = (): CallEnvironment => ({
  syscalls: keepFiles(cacheDir),
  kind: 'action',
  nowMs: 0,
  random: Math.random,
  log: () => {},
})

let cacheDir: string
let loaded: Awaited<ReturnType<typeof loadFunctions>>
let storesAndReads: FunctionDefinition
beforeAll(async () => {
  cacheDir = mkdtempSync(join(tmpdir(), 'engine-test-'))
  const projectDir = fileURLToPath(new URL('../../fixtures/threads', import.meta.url))
  loaded = await loadFunctions({ projectDir, cacheDir, env: {} })
  storesAndReads = new FunctionRegistry([{ path: '', modules: loaded.modules }]).find(
    'work:storesAndReads',
    'action',
    false,
  )
})
afterAll(() => rmSync(cacheDir, { recursive: true, force: true }))

const open = (bundle: FunctionBundle, log: string[] = []) =>
  new WorkerHost({
    components: [{ path: '', httpPrefix: null, bundle }],
    log: (line) => log.push(line),
    timeoutMs: 60_000,
    memoryMb: 256,
  })

test('files cross between the threads, and are Blobs in each', async () => {
  const host = open(loaded.bundle)
  const outcome = await host.run(storesAndReads, '[{}]', environment())
  await host.close()
  expect(outcome.ok && JSON.parse(outcome.value)).toEqual({
    id: 'file 0',
    text: 'some bytes',
    type: 'text/plain',
    missing: null,
    refused: 'nothing to keep',
  })
})

test('when the functions cannot be loaded, each action is told so, and nothing is tried in between', async () => {
  const log: string[] = []
  const host = open({ ...loaded.bundle, folder: 'missing' }, log)
  const failed = { ok: false, errorMessage: expect.stringContaining('Cannot find module') }
  expect(await host.run(storesAndReads, '[{}]', environment())).toMatchObject(failed)
  expect(await host.run(storesAndReads, '[{}]', environment())).toMatchObject(failed)
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect(log).toHaveLength(2)
  await host.close()
  expect(await host.run(storesAndReads, '[{}]', environment())).toMatchObject({ errorMessage: 'The engine is closed.' })
})
