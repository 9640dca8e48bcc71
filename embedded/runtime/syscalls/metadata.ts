import { splitPath } from '../function-path.ts'

/** What `ctx.meta.getFunctionMetadata()` tells. */
export function functionMetadata(path: string): string {
  const { name, component } = splitPath(path)
  return JSON.stringify({ name, componentPath: component })
}
