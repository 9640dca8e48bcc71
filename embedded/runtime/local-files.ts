import type { IncomingFile, StoredFile, StoredFiles } from './engine.ts'
import { findNamedFile } from './file-rows.ts'
import { pathIn } from './function-path.ts'
import type { Runtime } from './runtime.ts'
import { storeFile } from './store-file.ts'

/** The engine's files behind the interface that the HTTP server uses. */
export class LocalFiles implements StoredFiles {
  readonly #runtime: Runtime

  constructor(runtime: Runtime) {
    this.#runtime = runtime
  }

  get maxBytes(): number {
    return this.#runtime.parts.files.maxBytes
  }

  checkUploadToken(token: string): string {
    return this.#runtime.parts.files.checkUploadToken(token)
  }

  async store(file: IncomingFile, component: string): Promise<string> {
    return await storeFile(this.#runtime, pathIn(component, 'storage:upload'), file)
  }

  find(uuid: string): StoredFile | null {
    const { files, database } = this.#runtime.parts
    const file = findNamedFile(database.begin(), uuid)
    if (file === null) return null
    const { size, sha256, contentType } = file
    return { size, sha256, contentType, open: () => files.open(file) }
  }
}
