import { httpActionGeneric, httpRouter, type RouteSpec } from 'convex/server'
import { expect, test } from 'vitest'
import { toHttpRouter, type RoutedComponent } from './http-router.ts'

const handler = httpActionGeneric(async () => Promise.resolve(new Response()))

/** With the paths it serves by GET: those that end in a slash as prefixes. */
function component(path: string, httpPrefix: string | null, ...paths: string[]): RoutedComponent {
  const http = httpRouter()
  for (const each of paths) {
    const where: RouteSpec = each.endsWith('/')
      ? { pathPrefix: each, method: 'GET', handler }
      : { path: each, method: 'GET', handler }
    http.route(where)
  }
  return { path, httpPrefix, modules: new Map(paths.length === 0 ? [] : [['http', { default: http }]]) }
}

test('without any route there is no router', () => {
  expect(toHttpRouter([component('', null), component('a', null, '/x')])).toBeNull()
})

test('an exact route comes first, then the longest prefix, and there the component decides', () => {
  const find = toHttpRouter([
    component('', null, '/a/exact', '/a/long/', '/'),
    component('a', '/a/', '/x', '/y/'),
    component('a/b', '/b/', '/z'),
    component('c', '/a/c/', '/x'),
  ])
  const routes = ['/a/exact', '/a/long/er', '/other', '/a/x', '/a/y/1', '/a/b/z', '/a/c/x', '/a/none', '/a', '/a/c/y']
  expect(routes.map((path) => find?.(path, 'GET')?.route ?? null)).toEqual([
    'http:/a/exact',
    'http:/a/long/*',
    'http:/*',
    'a;http:/x',
    'a;http:/y/*',
    'a/b;http:/z',
    'c;http:/x',
    null,
    'http:/*',
    null,
  ])
  expect(find?.('/a/x', 'HEAD')?.route).toBe('a;http:/x')
  expect(find?.('/a/x', 'POST')).toBeNull()
})

test('the app’s own prefix is not that of its components', () => {
  const find = toHttpRouter([component('', '/api/', '/x', '/p/'), component('a', '/a/', '/x')])
  const routes = ['/api/x', '/api/p/1', '/x', '/a/x', '/api/a/x', '/apix']
  expect(routes.map((path) => find?.(path, 'GET')?.route ?? null)).toEqual([
    'http:/x',
    'http:/p/*',
    null,
    'a;http:/x',
    null,
    null,
  ])
})

test.each([
  [
    'a prefix that the app has',
    [component('', null, '/a/'), component('a', '/a/', '/x')],
    "The component 'a' is given the httpPrefix '/a/', which is a pathPrefix in http.ts of the app.",
  ],
  [
    'a prefix that the component above has',
    [component('', null), component('a', '/a/', '/b/'), component('a/b', '/b/', '/x')],
    "The component 'a/b' is given the httpPrefix '/b/', which is a pathPrefix in http.ts of the component 'a'.",
  ],
  [
    'a prefix with nothing to serve',
    [component('', null, '/x'), component('a', '/a/')],
    "The component 'a' is given the httpPrefix '/a/', but has no HTTP routes.",
  ],
  [
    'an http.ts without a router',
    [{ path: '', httpPrefix: null, modules: new Map([['http', { default: {} }]]) }],
    'http.ts must export its router as default',
  ],
])('refused: %s', (_name, components, message) => {
  expect(() => toHttpRouter(components)).toThrow(message)
})
