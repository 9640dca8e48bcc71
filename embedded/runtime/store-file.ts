import type { IncomingFile } from './engine.ts'
import { insertFile } from './file-rows.ts'
import { FunctionError } from './function-error.ts'
import type { Runtime } from './runtime.ts'

/**
 * Writes a file, then commits its row in a transaction of its own; gives its id. `path` stands in the log, and says whose
 * the file is: of the component it leads into.
 */
export async function storeFile(runtime: Runtime, path: string, file: IncomingFile): Promise<string> {
  const content = await runtime.parts.files.write(file.body, file.sha256)
  let id = ''
  const { outcome } = await runtime.write(path, (running) => {
    running.environment.writtenContents.push(content.uuid)
    id = insertFile(running, content, file.contentType)
    return Promise.resolve({ ok: true, value: 'null' })
  })
  if (!outcome.ok) throw new FunctionError(outcome.errorMessage, outcome.errorData)
  return id
}
