import { createHash, randomUUID } from 'node:crypto'
import { openAsBlob } from 'node:fs'
import { mkdir, open, readdir, rename, rm, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { FileError } from './file-error.ts'
import { decodeSha256 } from './sha256.ts'

/** A file whose content is on the disk for good. It is known by nothing yet. */
export interface WrittenFile {
  readonly uuid: string
  /** In bytes. */
  readonly size: number
  /** Base64. */
  readonly sha256: string
}

export type FileBody = AsyncIterable<Uint8Array> | Iterable<Uint8Array>

/**
 * The contents of stored files: one file each, named by a random UUID, in a folder that only its owner can read. A
 * content is written under another name first, so that a file with its own name is always whole.
 */
export class FileStore {
  readonly #folder: string
  readonly #maxBytes: number

  private constructor(folder: string, maxBytes: number) {
    this.#folder = folder
    this.#maxBytes = maxBytes
  }

  static async open(folder: string, maxBytes: number): Promise<FileStore> {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    return new FileStore(folder, maxBytes)
  }

  /** Longer contents are refused. */
  get maxBytes(): number {
    return this.#maxBytes
  }

  /**
   * Writes a content piece by piece. `sha256` (base64) is what it must have; null for any. Rejects, with nothing left on
   * the disk, when the body breaks off or is refused.
   */
  async write(body: FileBody, sha256: string | null): Promise<WrittenFile> {
    const expected = sha256 === null ? null : decodeSha256(sha256).toString('base64')
    const uuid = randomUUID()
    const partial = `${this.#pathOf(uuid)}.part`
    try {
      const content = await this.#writeTo(partial, body)
      if (expected !== null && expected !== content.sha256) {
        const message = `The SHA-256 of the content is ${content.sha256}, not ${expected}.`
        throw new FileError('Sha256Mismatch', message)
      }
      await rename(partial, this.#pathOf(uuid))
      await syncFolder(this.#folder)
      return { uuid, ...content }
    } catch (error) {
      await rm(partial, { force: true })
      await this.remove(uuid)
      throw hasCode(error, 'ENOSPC') ? new FileError('DiskFull', 'The disk is full; the file was not stored.') : error
    }
  }

  /** Throws when there is no content of that size. */
  async open(uuid: string, size: number): Promise<FileHandle> {
    const file = await this.#find(uuid)
    if ((await file.stat()).size === size) return file
    await file.close()
    throw missingContent()
  }

  /** Reads from the disk when it is read itself; then the content must still be there. */
  async blob(uuid: string, size: number, type: string): Promise<Blob> {
    return await openAsBlob(await this.locate(uuid, size), { type })
  }

  /** The path of the content. Throws when there is none of that size. */
  async locate(uuid: string, size: number): Promise<string> {
    const file = await this.open(uuid, size)
    await file.close()
    return this.#pathOf(uuid)
  }

  /** Does nothing when there is no such content. */
  async remove(uuid: string): Promise<void> {
    await rm(this.#pathOf(uuid), { force: true })
  }

  /** Removes what a dead process left: half-written contents and those that nothing knows. Gives how many. */
  async sweep(isKnown: (uuid: string) => boolean): Promise<number> {
    const orphans = (await readdir(this.#folder)).filter((name) => !isKnown(name))
    for (const name of orphans) await rm(join(this.#folder, name), { recursive: true, force: true })
    return orphans.length
  }

  #pathOf(uuid: string): string {
    return join(this.#folder, uuid)
  }

  async #find(uuid: string): Promise<FileHandle> {
    try {
      return await open(this.#pathOf(uuid))
    } catch (error) {
      throw hasCode(error, 'ENOENT') ? missingContent() : error
    }
  }

  async #writeTo(path: string, body: FileBody): Promise<{ size: number; sha256: string }> {
    await using file = await open(path, 'wx', 0o600)
    const hash = createHash('sha256')
    let size = 0
    for await (const piece of body) {
      size += piece.byteLength
      if (size > this.#maxBytes) {
        throw new FileError('FileTooLarge', `The file is larger than ${this.#maxBytes} bytes.`)
      }
      hash.update(piece)
      await file.writeFile(piece)
    }
    await file.sync()
    return { size, sha256: hash.digest('base64') }
  }
}

/** The new name must outlast a power cut too. Windows cannot open folders, and keeps names by itself. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return
  await using folder = await open(path)
  await folder.sync()
}

function missingContent(): FileError {
  return new FileError('FileContentMissing', 'The content of this file is missing from the data folder, or damaged.')
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
