import type { FileHandle } from 'node:fs/promises'
import type { FileBody, FileStore, WrittenFile } from '../files/file-store.ts'
import type { UploadTokens } from '../files/upload-tokens.ts'
import type { Database, Written } from './database.ts'
import { fileNamesTable, findFileUuid, findNamedFile, uuidOf, type FileRow, type FileScope } from './file-rows.ts'

/** Where a content lies on the disk, and the media type it has as a Blob. */
export interface FileLocation {
  readonly path: string
  readonly type: string
}

export interface FilesParts {
  readonly contents: FileStore
  readonly tokens: UploadTokens
  readonly database: Database
  /** Where clients reach the server, for the addresses of files. */
  readonly origin: string
  readonly log: (line: string) => void
}

/**
 * Stored files: rows in the database, contents on disk. A content is written before the row that makes it a file is
 * committed, and removed after the commit that removes the row; so a row always has its content.
 */
export class Files {
  readonly #parts: FilesParts

  constructor(parts: FilesParts) {
    this.#parts = parts
    parts.database.onCommit((_commit, written) => this.#removeDeleted(written))
  }

  /** Removes contents that have no row, as a process that died between the two leaves them. */
  async sweep(): Promise<void> {
    const { contents, log } = this.#parts
    const removed = await contents.sweep((name) => this.#hasRow(name))
    if (removed > 0) log(`Files: ${removed} without a row removed`)
  }

  get maxBytes(): number {
    return this.#parts.contents.maxBytes
  }

  /** For a file of that component. */
  uploadUrl(nowMs: number, component: string): string {
    return `${this.#parts.origin}/api/storage/upload?token=${this.#parts.tokens.issue(nowMs, component)}`
  }

  /** Gives the component whose file it will be. */
  checkUploadToken(token: string): string {
    return this.#parts.tokens.check(token, Date.now())
  }

  /** Null when there is no such file. */
  url(scope: FileScope, storageId: string): string | null {
    const uuid = findFileUuid(scope, storageId)
    return uuid === null ? null : `${this.#parts.origin}/api/storage/${uuid}`
  }

  /** Writes a content, which is a file once its row is committed; `discardUnused` must hear of it in any case. */
  async write(body: FileBody, sha256: string | null): Promise<WrittenFile> {
    return await this.#parts.contents.write(body, sha256)
  }

  async open({ uuid, size }: FileRow): Promise<FileHandle> {
    return await this.#parts.contents.open(uuid, size)
  }

  async blob({ uuid, size, contentType }: FileRow): Promise<Blob> {
    return await this.#parts.contents.blob(uuid, size, contentType ?? '')
  }

  /** For another thread, which opens the content itself: a Blob over a file cannot be sent there. */
  async locate({ uuid, size, contentType }: FileRow): Promise<FileLocation> {
    return { path: await this.#parts.contents.locate(uuid, size), type: contentType ?? '' }
  }

  /** Removes those of the written contents whose row was not committed. */
  async discardUnused(uuids: readonly string[]): Promise<void> {
    for (const uuid of uuids) if (!this.#hasRow(uuid)) await this.#remove(uuid)
  }

  #hasRow(name: string): boolean {
    return findNamedFile(this.#parts.database.begin(), name) !== null
  }

  #removeDeleted(written: readonly Written[]): void {
    for (const { table, document, previous } of written) {
      if (table === fileNamesTable && document === null && previous !== null) void this.#remove(uuidOf(previous))
    }
  }

  /** What cannot be removed now is removed at the next start. */
  async #remove(uuid: string): Promise<void> {
    try {
      await this.#parts.contents.remove(uuid)
    } catch (error) {
      this.#parts.log(`The content of a deleted file stays until the next start: ${String(error)}`)
    }
  }
}
