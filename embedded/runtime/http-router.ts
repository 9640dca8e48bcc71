/** The app's `http.ts`: which HTTP action answers a path. */
export type HttpRouter = (path: string, method: string) => HttpRoute | null

export interface HttpRoute {
  readonly invoke: (request: Request) => Promise<Response>
  /** The route as it was declared, for the log. */
  readonly route: string
}

/** Null when the app has no router. Throws when `http.ts` exports something else. */
export function toHttpRouter(module: Readonly<Record<string, unknown>> | undefined): HttpRouter | null {
  if (module === undefined) return null
  const router = module['default']
  if (typeof router !== 'object' || router === null || !('lookup' in router) || typeof router.lookup !== 'function') {
    throw new Error('http.ts must export its router as default')
  }
  const { lookup } = router
  return (path, method) => {
    const found: unknown = Reflect.apply(lookup, router, [path, method])
    if (!Array.isArray(found)) return null
    const [action, , route]: unknown[] = found
    if (typeof action !== 'function') return null
    const invoke: unknown = Reflect.get(action, 'invokeHttpAction')
    if (typeof invoke !== 'function') return null
    return {
      invoke: async (request) => toResponse(await Reflect.apply(invoke, action, [request])),
      route: `http:${String(route)}`,
    }
  }
}

function toResponse(result: unknown): Response {
  if (result instanceof Response) return result
  throw new TypeError('An HTTP action must return a Response')
}
