import { constants, copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { copyDatabase } from '../store/backups.ts'
import { syncToDisk } from '../store/sync-to-disk.ts'
import { parseOperation, requiredPath } from './operation-options.ts'
import type { Output } from './output.ts'
import { readData } from './read-data.ts'

export const backupUsage = 'node cli.mjs backup --data DIR --to DIR'

/** Copies a data folder, also while an engine runs on it. The copy is a data folder that `serve` opens. */
export async function backup(args: readonly string[], { print }: Output): Promise<void> {
  const values = parseOperation(args, { data: { type: 'string' }, to: { type: 'string' } }, backupUsage)
  const dataDir = requiredPath('data', values.data, backupUsage)
  const target = requiredPath('to', values.to, backupUsage)
  const partial = `${target}.partial`
  rmSync(partial, { recursive: true, force: true })
  mkdirSync(partial, { recursive: true, mode: 0o700 })
  try {
    // Before, for what may be removed meanwhile, and after, for what may have been added.
    copyFiles(dataDir, partial)
    await readData(dataDir, (database) => copyDatabase(database, join(partial, 'data.sqlite')))
    copyFiles(dataDir, partial)
    // Refused when there is anything in it.
    renameSync(partial, target)
    syncToDisk(dirname(target))
  } catch (error) {
    rmSync(partial, { recursive: true, force: true })
    if (error instanceof Error && 'code' in error && (error.code === 'ENOTEMPTY' || error.code === 'EEXIST')) {
      throw new Error(`${target} is there already: name a folder that is not there yet, or empty.`, { cause: error })
    }
    throw error
  }
  print(`The data of ${dataDir} was copied to ${target}, and the copy was checked.`)
}

/** The contents of stored files, each written once under its name, and half of it only under another one. */
function copyFiles(dataDir: string, target: string): void {
  const from = join(dataDir, 'files')
  if (!existsSync(from)) return
  const to = join(target, 'files')
  mkdirSync(to, { recursive: true, mode: 0o700 })
  for (const name of readdirSync(from)) {
    if (name.endsWith('.part') || existsSync(join(to, name))) continue
    try {
      copyFileSync(join(from, name), join(to, name), constants.COPYFILE_FICLONE)
      syncToDisk(join(to, name))
    } catch (error) {
      // Removed since the folder was read.
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
    }
  }
}
