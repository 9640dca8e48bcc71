import type { IncomingFile } from './engine.ts'
import { insertFile } from './file-rows.ts'
import { FunctionError } from './function-error.ts'
import type { Runtime } from './runtime.ts'

/** Writes a file, then commits its row in a transaction of its own; gives its id. `name` stands in the log. */
export async function storeFile(runtime: Runtime, name: string, file: IncomingFile): Promise<string> {
  const content = await runtime.parts.files.write(file.body, file.sha256)
  let id = ''
  const { outcome } = await runtime.write(name, ({ environment, transaction, writes }) => {
    environment.writtenContents.push(content.uuid)
    id = insertFile(writes, transaction, content, file.contentType)
    return Promise.resolve({ ok: true, value: 'null' })
  })
  if (!outcome.ok) throw new FunctionError(outcome.errorMessage, outcome.errorData)
  return id
}
