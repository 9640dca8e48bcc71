const handlePrefix = 'function://app/'

/** `folder/module:function` for every way a function is named: with `.js` or `.ts`, without a function, as a handle. */
export function canonicalPath(path: string): string {
  const name = path.startsWith(handlePrefix) ? path.slice(handlePrefix.length) : path
  const colon = name.lastIndexOf(':')
  const module = (colon === -1 ? name : name.slice(0, colon)).replace(/\.(?:[cm]?[jt]s|[jt]sx)$/, '')
  return `${module.replace(/^\/+/, '')}:${colon === -1 ? 'default' : name.slice(colon + 1)}`
}

export function functionHandle(path: string): string {
  return handlePrefix + canonicalPath(path)
}

/** How `_scheduled_functions` names it: `folder/module.js:function`. */
export function systemPath(path: string): string {
  const canonical = canonicalPath(path)
  const colon = canonical.lastIndexOf(':')
  return `${canonical.slice(0, colon)}.js${canonical.slice(colon)}`
}
