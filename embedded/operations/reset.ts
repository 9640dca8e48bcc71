import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { openDataDir } from '../store/data-dir.ts'
import { UsageError } from '../serve-options.ts'
import { parseOperation, requiredPath } from './operation-options.ts'
import type { Output } from './output.ts'

export const resetUsage = 'node cli.mjs reset --data DIR [--yes]'

const word = 'delete'

/** Deletes everything an engine keeps in a data folder, back-ups too. Nothing else in the folder is touched. */
export async function reset(args: readonly string[], { print }: Output): Promise<void> {
  const values = parseOperation(args, { data: { type: 'string' }, yes: { type: 'boolean' } }, resetUsage)
  const dataDir = requiredPath('data', values.data, resetUsage)
  if (!existsSync(join(dataDir, 'data.sqlite'))) throw new UsageError(`There is no data in ${dataDir}.`)
  const folder = openDataDir(dataDir)
  try {
    if (values.yes !== true && !(await isConfirmed(dataDir))) throw new UsageError('Nothing was deleted.')
    // The lock stays until the rest is gone.
    for (const name of readdirSync(dataDir)) {
      if (isOurs(name)) rmSync(join(dataDir, name), { recursive: true, force: true })
    }
  } finally {
    folder.release()
  }
  print(`All data in ${dataDir} was deleted.`)
}

/** What an engine and the commands beside it put into a data folder, besides the lock. */
function isOurs(name: string): boolean {
  return ownNames.has(name) || name.startsWith('data.sqlite') || name.startsWith('damaged-')
}

const ownNames = new Set(['at-rest.json', 'backups', 'components', 'files', 'functions', 'importing', 'upload.key'])

async function isConfirmed(dataDir: string): Promise<boolean> {
  if (!process.stdin.isTTY) throw new UsageError(`Give --yes to delete all data in ${dataDir}.`)
  const prompt = createInterface({ input: process.stdin, output: process.stderr })
  try {
    const answer = await prompt.question(`This deletes all data in ${dataDir}, back-ups too. Type "${word}" to do it: `)
    return answer.trim() === word
  } finally {
    prompt.close()
  }
}
