import { parentComponent, pathIn } from './function-path.ts'
import type { Modules } from './import-modules.ts'

/** The routes of the app's `http.ts` and of the components it gives a prefix: which HTTP action answers a path. */
export type HttpRouter = (path: string, method: string) => HttpRoute | null

export interface HttpRoute {
  readonly invoke: (request: Request) => Promise<Response>
  /** The route as it was declared, behind its component, for the log. */
  readonly route: string
}

export interface RoutedComponent {
  /** Empty for the app itself. */
  readonly path: string
  /** Where the routes of a component lie among those of the one that installs it, or the app's own; with both slashes. */
  readonly httpPrefix: string | null
  readonly modules: Modules
}

/**
 * Null when nothing has a route. Throws one sentence when an `http.ts` exports something else, when a component has a
 * prefix and nothing to serve there, or when a prefix is taken.
 */
export function toHttpRouter(components: readonly RoutedComponent[]): HttpRouter | null {
  const app = components.find(({ path }) => path === '')
  return app === undefined ? null : routerOf(app, components)
}

/** Routes of a component and those below it. An exact one comes first, then the longest prefix. */
function routerOf(component: RoutedComponent, all: readonly RoutedComponent[]): HttpRouter | null {
  const own = ownRoutes(component)
  const mounts = all
    .filter(({ path }) => path !== '' && parentComponent(path) === component.path)
    .flatMap((child) => mountOf(child, all))
    .toSorted((left, right) => right.prefix.length - left.prefix.length)
  const taken = mounts.find(({ prefix }) => own?.prefixes.includes(prefix) === true)
  if (taken !== undefined) {
    const owner = component.path === '' ? 'the app' : `the component '${component.path}'`
    throw new Error(
      `The component '${taken.path}' is given the httpPrefix '${taken.prefix}', which is a pathPrefix in http.ts of ${owner}.`,
    )
  }
  if (mounts.length === 0 && own === null) return null
  return (path, method) => {
    const found = own?.find(path, method) ?? null
    const mount = mounts.find(({ prefix }) => path.startsWith(prefix))
    if (mount === undefined || (found !== null && found.fixed > mount.prefix.length)) return found
    return mount.router(`/${path.slice(mount.prefix.length)}`, method)
  }
}

interface Mount {
  readonly path: string
  readonly prefix: string
  readonly router: HttpRouter
}

function mountOf(child: RoutedComponent, all: readonly RoutedComponent[]): Mount[] {
  const { path, httpPrefix } = child
  if (httpPrefix === null) return []
  const router = routerOf(child, all)
  if (router === null) {
    throw new Error(`The component '${path}' is given the httpPrefix '${httpPrefix}', but has no HTTP routes.`)
  }
  return [{ path, prefix: httpPrefix, router }]
}

interface OwnRoutes {
  /** `fixed` tells how much of the path the route determines, in characters: all of it when it is an exact one. */
  find(path: string, method: string): (HttpRoute & { readonly fixed: number }) | null
  /** The paths below which anything goes to one route. */
  readonly prefixes: readonly string[]
}

/** What a component's `http.ts` says; null when it has none, or no route in it. */
function ownRoutes({ path: component, httpPrefix, modules }: RoutedComponent): OwnRoutes | null {
  const module = modules.get('http')
  if (module === undefined) return null
  const { router, lookup, routes } = readRouter(module['default'])
  if (routes.length === 0) return null
  // Of a component the prefix is its parent's business.
  const base = component === '' && httpPrefix !== null ? httpPrefix.slice(0, -1) : ''
  return {
    find: (path, method) => {
      if (!path.startsWith(`${base}/`)) return null
      const found: unknown = Reflect.apply(lookup, router, [path.slice(base.length), method])
      if (!Array.isArray(found)) return null
      const [action, , route]: unknown[] = found
      if (typeof action !== 'function') return null
      const invoke: unknown = Reflect.get(action, 'invokeHttpAction')
      if (typeof invoke !== 'function') return null
      const declared = String(route)
      return {
        invoke: async (request) => toResponse(await Reflect.apply(invoke, action, [request])),
        route: pathIn(component, `http:${declared}`),
        fixed: path === base + declared ? Infinity : base.length + declared.length - 1,
      }
    },
    prefixes: routes.flatMap((route) => (route.endsWith('*') ? [base + route.slice(0, -1)] : [])),
  }
}

/** What `http.ts` exports: a router as `httpRouter()` makes it. The routes of `pathPrefix` end in an asterisk. */
function readRouter(exported: unknown): { router: object; lookup: Function; routes: string[] } {
  const router = typeof exported === 'object' && exported !== null ? exported : {}
  const lookup: unknown = Reflect.get(router, 'lookup')
  const getRoutes: unknown = Reflect.get(router, 'getRoutes')
  if (typeof lookup !== 'function' || typeof getRoutes !== 'function') {
    throw new Error('http.ts must export its router as default')
  }
  const routes: unknown = Reflect.apply(getRoutes, router, [])
  return { router, lookup, routes: Array.isArray(routes) ? routes.map((route) => String(route[0])) : [] }
}

function toResponse(result: unknown): Response {
  if (result instanceof Response) return result
  throw new TypeError('An HTTP action must return a Response')
}
