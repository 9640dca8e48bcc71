import { mkdtemp } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { choosePorts } from './ports.ts'
import { openStateFolder } from './state-folder.ts'

async function setUp() {
  const folder = await openStateFolder(await mkdtemp(join(tmpdir(), 'gloss-ports-')))
  const said: string[] = []
  const progress = { say: (line: string) => void said.push(line), step: () => Promise.reject(new Error('unused')) }
  return { folder, said, choose: () => choosePorts(folder, progress) }
}

describe('choosePorts', () => {
  test('chooses three different ports and keeps them', async () => {
    const { choose, said } = await setUp()
    const first = await choose()
    expect(new Set(Object.values(first)).size).toBe(3)
    expect(await choose()).toEqual(first)
    expect(said).toEqual([])
  })

  test('a taken port is replaced, said, and the new one kept', async () => {
    const { choose, said } = await setUp()
    const first = await choose()
    const thief = createServer().listen(first.engine, '127.0.0.1')
    await new Promise((listening) => thief.once('listening', listening))
    const second = await choose()
    await new Promise((closed) => thief.close(closed))
    expect(second).toEqual({ ...first, engine: second.engine })
    expect(second.engine).not.toBe(first.engine)
    expect(said).toEqual([`Port ${first.engine} is taken: the engine uses ${second.engine} from now on.`])
    expect(await choose()).toEqual(second)
  })

  test.each([['nonsense'], [{ engine: 80, site: 'x' }], [null]])(
    'a file that holds %j is as good as none',
    async (kept) => {
      const { folder, choose, said } = await setUp()
      await folder.writeJson('ports.json', kept)
      expect(Object.keys(await choose())).toEqual(['engine', 'site', 'sample'])
      expect(said).toEqual([])
    },
  )
})
