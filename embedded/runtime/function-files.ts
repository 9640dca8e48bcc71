import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface FunctionFile {
  /** Relative to the functions folder, with `/`, without the extension. */
  readonly module: string
  readonly path: string
  /** The file begins with `"use node"`. */
  readonly isNode: boolean
}

/**
 * Files with several dots in their names (tests, declarations) are no modules, nor is anything generated, nor what
 * belongs to a component that lies inside.
 */
export function findFunctionFiles(folder: string): FunctionFile[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path, relative: path.slice(folder.length + 1).replaceAll('\\', '/') }))
  const components = files.flatMap(({ relative }) => /^(.+\/)convex\.config\.[jt]s$/.exec(relative)?.[1] ?? [])
  return files
    .filter(({ relative }) => isModule(relative) && !components.some((inside) => relative.startsWith(inside)))
    .toSorted((left, right) => (left.relative < right.relative ? -1 : 1))
    .map(({ path, relative }) => ({
      path,
      module: relative.replace(extension, ''),
      isNode: /^\s*(?:\/\/[^\n]*\n\s*|\/\*.*?\*\/\s*)*['"]use node['"]/s.test(
        readFileSync(path, 'utf8').slice(0, 4096),
      ),
    }))
}

const extension = /\.(?:[cm]?[jt]s|[jt]sx)$/

/** Bundled, though their names have two dots. */
const specialFiles = new Set(['auth.config.ts', 'auth.config.js'])

function isModule(relative: string): boolean {
  const folders = relative.split('/')
  const name = folders.pop() ?? ''
  if (folders.some((folder) => folder === '_generated' || folder === 'node_modules' || folder.startsWith('.')))
    return false
  if (specialFiles.has(relative)) return true
  return !name.startsWith('.') && extension.test(name) && name.split('.').length === 2
}
