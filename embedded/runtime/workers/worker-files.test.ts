import { mkdtempSync, rmSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import type { FileLocation } from '../files.ts'
import type { Syscalls } from '../function-host.ts'
import { FunctionRegistry } from '../function-registry.ts'
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

test('files cross between the threads, and are Blobs in each', async () => {
  const cacheDir = mkdtempSync(join(tmpdir(), 'engine-test-'))
  const projectDir = fileURLToPath(new URL('../../fixtures/threads', import.meta.url))
  const { modules, bundle } = await loadFunctions({ projectDir, cacheDir, env: {} })
  const definition = new FunctionRegistry([{ path: '', modules }]).find('work:storesAndReads', 'action', false)
  const host = new WorkerHost({
    data: { components: [{ path: '', bundle, env: {} }] },
    log: () => {},
    timeoutMs: 60_000,
    memoryMb: 256,
  })
  try {
    const outcome = await host.run(definition, '[{}]', {
      syscalls: keepFiles(cacheDir),
      isTransaction: false,
      nowMs: Date.now(),
      random: Math.random,
      log: () => {},
    })
    expect(outcome.ok && JSON.parse(outcome.value)).toEqual({
      id: 'file 0',
      text: 'some bytes',
      type: 'text/plain',
      missing: null,
      refused: 'nothing to keep',
    })
  } finally {
    await host.close()
    rmSync(cacheDir, { recursive: true, force: true })
  }
})
