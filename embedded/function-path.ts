/** `module:function` as functions are named inside: no `.js`, `default` when no function is named. */
export function canonicalPath(path: string): string {
  const colon = path.lastIndexOf(':')
  const module = colon < 0 ? path : path.slice(0, colon)
  const name = colon < 0 ? 'default' : path.slice(colon + 1)
  return `${module.replace(/^\//, '').replace(/\.[jt]s$/, '')}:${name}`
}
