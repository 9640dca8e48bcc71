import { chmod, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CommandError } from '../terminal/command-error.ts'

/** Where everything that `npm start` keeps lies: all of it private to this user. */
export type StateFolder = {
  readonly root: string
  /** A path inside the folder. */
  path(...parts: string[]): string
  /** The parsed file, or undefined when there is none. */
  readJson(name: string): Promise<unknown>
  /** Written whole or not at all, mode 0600. */
  writeJson(name: string, value: unknown): Promise<void>
}

/** Creates `.gloss` (mode 0700), and proves at once that it can be written. */
export async function openStateFolder(root: string): Promise<StateFolder> {
  const folder: StateFolder = {
    root,
    path: (...parts) => join(root, ...parts),
    async readJson(name) {
      const text = await readFile(join(root, name), 'utf8').catch((cause: unknown) => {
        if (hasCode(cause, 'ENOENT')) return undefined
        throw cause
      })
      if (text === undefined) return undefined
      try {
        return JSON.parse(text)
      } catch {
        throw new CommandError(`${join(root, name)} is damaged: delete that file and start again.`)
      }
    },
    writeJson: (name, value) => writePrivateFile(join(root, name), `${JSON.stringify(value, undefined, 2)}\n`),
  }
  await makeFolder(root)
  await chmod(root, 0o700)
  await folder.writeJson('writable.json', {})
  await rm(folder.path('writable.json'))
  return folder
}

/** Not `recursive`: Node never returns from that where a file system says ENOENT to every new folder, as /proc does. */
async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { mode: 0o700 })
  } catch (cause) {
    if (hasCode(cause, 'ENOENT')) {
      throw new CommandError(`There is no folder to put ${path} in: create that folder and start again.`)
    }
    if (!hasCode(cause, 'EEXIST') || !(await stat(path)).isDirectory()) throw cause
  }
}

function hasCode(cause: unknown, code: string): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === code
}

/** Writes a file that only this user can read: whole or not at all, whatever interrupts. */
export async function writePrivateFile(path: string, content: string | Uint8Array): Promise<void> {
  const unfinished = `${path}.${process.pid}.tmp`
  await writeFile(unfinished, content, { mode: 0o600 })
  await rename(unfinished, path)
}
