import { resolve } from 'node:path'
import { parseArgs, type ParseArgsOptionsConfig } from 'node:util'
import { UsageError } from '../serve-options.ts'

/** Options of a command besides `serve`. Throws a `UsageError` that ends with how the command is used. */
export function parseOperation<const Options extends ParseArgsOptionsConfig>(
  args: readonly string[],
  options: Options,
  usage: string,
) {
  try {
    return parseArgs({ args: [...args], strict: true, allowPositionals: false, options }).values
  } catch (error) {
    if (error instanceof TypeError) throw new UsageError(`${error.message.split('\n')[0] ?? ''} Usage: ${usage}`)
    throw error
  }
}

/** A path that must be given. */
export function requiredPath(name: string, value: string | undefined, usage: string): string {
  if (value === undefined || value === '') throw new UsageError(`--${name} is missing. Usage: ${usage}`)
  return resolve(value)
}
