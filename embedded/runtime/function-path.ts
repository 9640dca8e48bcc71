const handlePrefix = 'function://'
/** Of handles written before there were components. */
const appPrefix = 'function://app/'

/**
 * Every function has one path. The app's own are `folder/module:function`, those of a component
 * `component/nested;folder/module:function`. This gives it for every way a function is named: with `.js` or `.ts`,
 * without a function, as a handle.
 */
export function canonicalPath(path: string): string {
  const { component, name } = splitPath(withoutPrefix(path))
  const colon = name.lastIndexOf(':')
  const module = (colon === -1 ? name : name.slice(0, colon)).replace(/\.(?:[cm]?[jt]s|[jt]sx)$/, '')
  return pathIn(component, `${module.replace(/^\/+/, '')}:${colon === -1 ? 'default' : name.slice(colon + 1)}`)
}

/** The component a path leads into (empty: the app), and the function's name there. */
export function splitPath(path: string): { readonly component: string; readonly name: string } {
  const end = path.indexOf(';')
  const colon = path.indexOf(':')
  // A component's path has no colon: one that comes first belongs to the name, as in the route of an HTTP action.
  if (end === -1 || (colon !== -1 && colon < end)) return { component: '', name: path }
  return { component: path.slice(0, end), name: path.slice(end + 1) }
}

export function componentOf(path: string): string {
  return splitPath(path).component
}

export function pathIn(component: string, name: string): string {
  return component === '' ? name : `${component};${name}`
}

export function childComponent(component: string, name: string): string {
  return component === '' ? name : `${component}/${name}`
}

/** Of a component that the app itself installs: empty. */
export function parentComponent(component: string): string {
  return component.slice(0, Math.max(0, component.lastIndexOf('/')))
}

export function functionHandle(path: string): string {
  const { component, name } = splitPath(canonicalPath(path))
  return `${handlePrefix}${component};${name}`
}

/** How `_scheduled_functions` names it, in its component: `folder/module.js:function`. */
export function systemPath(path: string): string {
  const { name } = splitPath(canonicalPath(path))
  const colon = name.lastIndexOf(':')
  return `${name.slice(0, colon)}.js${name.slice(colon)}`
}

function withoutPrefix(path: string): string {
  if (path.startsWith(appPrefix)) return path.slice(appPrefix.length)
  return path.startsWith(handlePrefix) ? path.slice(handlePrefix.length) : path
}
