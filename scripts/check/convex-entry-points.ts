import { readdir, readFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'

export type EntryPoint = {
  /** Relative to the functions folder, with slashes: `model/users.ts`. */
  path: string
  runtime: 'convex' | 'node'
}

/**
 * The modules that `convex deploy` would push, by its own rules (convex/src/bundler/index.ts): no generated code, no
 * schema, no file with several dots, nothing that has neither import nor export.
 */
export async function findEntryPoints(folder: string): Promise<EntryPoint[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const found = await Promise.all(
    files.toSorted().map(async (file): Promise<EntryPoint[]> => {
      const path = relative(folder, file).split(sep).join('/')
      if (!isModulePath(path)) return []
      const source = await readFile(file, 'utf8')
      if (!/^\s*(import|export)\b/m.test(source)) return []
      return [{ path, runtime: hasUseNode(source) ? 'node' : 'convex' }]
    }),
  )
  return found.flat()
}

export function isModulePath(path: string): boolean {
  const name = path.split('/').at(-1) ?? ''
  if (!/\.([cm]?[jt]s|[jt]sx)$/.test(name)) return false
  if (path.startsWith('_generated/') || name.startsWith('.') || name.startsWith('#')) return false
  return path !== 'schema.ts' && name.split('.').length === 2 && !path.includes(' ')
}

/** A deployment refuses any other path. */
export function isDeployablePath(path: string): boolean {
  return path.split('/').every((part) => /^[\w.]+$/.test(part))
}

/** The directive counts only before the first statement. */
function hasUseNode(source: string): boolean {
  const head = source.replace(/^(\s*(\/\/[^\n]*\n|\/\*[\s\S]*?\*\/))*\s*/, '')
  return /^(['"])use node\1/.test(head)
}
