import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { isJsonObject } from '../values/json-object.ts'
import type { DataPaths } from './data-dir.ts'

/**
 * Writes down what the database file looks like once it is closed. While it still looks so at the next start, nobody
 * has written to it since, and its pages need not be checked.
 */
export function rememberAtRest({ databasePath, atRestPath }: DataPaths): void {
  writeFileSync(atRestPath, JSON.stringify(lookAt(databasePath)), { mode: 0o600 })
}

/** `unknown`: no engine has ever closed it. */
export function compareWithRest({ databasePath, atRestPath }: DataPaths): 'same' | 'other' | 'unknown' {
  if (statSync(atRestPath, { throwIfNoEntry: false }) === undefined) return 'unknown'
  const look = lookAt(databasePath)
  const known = parse(readFileSync(atRestPath, 'utf8'))
  return isJsonObject(known) && known['size'] === look.size && known['mtimeMs'] === look.mtimeMs ? 'same' : 'other'
}

function lookAt(path: string): { size: number; mtimeMs: number } {
  const { size = 0, mtimeMs = 0 } = statSync(path, { throwIfNoEntry: false }) ?? {}
  return { size, mtimeMs }
}

/** Null for what a killed process left half written. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}
