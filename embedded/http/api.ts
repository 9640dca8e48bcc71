import type { Engine, FunctionCall, FunctionKind, Outcome, Snapshot } from '../runtime/engine.ts'
import type { Caller } from '../auth/caller.ts'
import { failureText } from '../failure-text.ts'
import { canonicalPath } from '../runtime/function-path.ts'
import { decodeTimestamp, encodeTimestamp } from '../sync/timestamp.ts'
import { parseJson, toFunctionRequest, type FunctionRequest } from './function-request.ts'
import { HttpError } from './http-error.ts'
import { KeptSnapshots } from './kept-snapshots.ts'
import { toPlainJson } from './plain-json.ts'

export interface ApiRequest {
  readonly method: string
  /** Without the query string. */
  readonly path: string
  readonly search: URLSearchParams
  readonly caller: Caller
  /** Reads the body; an `HttpError` when it is too large or no UTF-8. */
  readonly body: () => Promise<string>
}

/** Convex's function API: the JSON to answer with, or null for a path that is not part of it. */
export interface Api {
  handle(request: ApiRequest): Promise<unknown>
  owns(path: string): boolean
  close(): void
}

const POSTS = ['query', 'mutation', 'action', 'function', 'query_ts', 'query_at_ts', 'query_batch'] as const

export function createApi(engine: Engine): Api {
  const kept = new KeptSnapshots(engine)

  async function onSnapshot<T>(use: (snapshot: Snapshot) => Promise<T>): Promise<T> {
    const snapshot = engine.snapshot()
    try {
      return await use(snapshot)
    } finally {
      snapshot.release()
    }
  }

  const query = async (snapshot: Snapshot, request: FunctionRequest, caller: Caller) =>
    toAnswer((await snapshot.query(toCall(request, caller))).outcome, request)

  async function run(kind: FunctionKind, request: FunctionRequest, caller: Caller) {
    const call = toCall(request, caller)
    if (kind === 'query') return onSnapshot((snapshot) => query(snapshot, request, caller))
    return toAnswer(kind === 'mutation' ? (await engine.mutation(call)).outcome : await engine.action(call), request)
  }

  function kindOf(path: string): FunctionKind {
    if (engine.functionKind === undefined) throw new HttpError(501, 'NotSupported', 'Name the kind of the function.')
    // A path that names nothing gets the runtime's own error, which any kind would give.
    return engine.functionKind(canonicalPath(path)) ?? 'query'
  }

  async function runBatch(value: unknown, caller: Caller) {
    const queries = typeof value === 'object' && value !== null && 'queries' in value ? value.queries : null
    if (!Array.isArray(queries)) throw new HttpError(400, 'BadJsonBody', 'The body must hold `queries`, an array.')
    const requests = queries.map(toFunctionRequest)
    return onSnapshot(async (snapshot) => ({
      results: await Promise.all(requests.map((request) => query(snapshot, request, caller))),
    }))
  }

  async function queryAt(request: FunctionRequest, caller: Caller) {
    const snapshot = request.ts === null ? null : kept.at(readTimestamp(request.ts))
    if (snapshot === null) {
      throw new HttpError(400, 'OutOfRetention', 'The timestamp did not come from query_ts, or not within 30 seconds.')
    }
    return query(snapshot, request, caller)
  }

  async function post(path: string, { body, caller }: ApiRequest): Promise<unknown> {
    if (path === 'query_ts') return { ts: encodeTimestamp(kept.keep()) }
    const value = parseJson(await body())
    if (path === 'query_batch') return runBatch(value, caller)
    if (path.startsWith('run/')) {
      const request = toFunctionRequest({ ...asObject(value), path: fromUrlPath(path.slice('run/'.length)) })
      return run(kindOf(request.path), request, caller)
    }
    const request = toFunctionRequest(value)
    if (path === 'query_at_ts') return queryAt(request, caller)
    if (path === 'query' || path === 'mutation' || path === 'action') return run(path, request, caller)
    return run(kindOf(request.path), request, caller)
  }

  return {
    owns: (path) => POSTS.some((name) => path === `/api/${name}`) || path.startsWith('/api/run/'),
    async handle(request) {
      const path = request.path.slice('/api/'.length)
      if (request.method === 'POST') return post(path, request)
      if (request.method === 'GET' && path === 'query') {
        const { search } = request
        const args = parseJson(search.get('args') ?? '{}')
        const format = search.get('format')
        const asked = toFunctionRequest({ path: search.get('path') ?? '', args, ...(format ? { format } : {}) })
        return run('query', asked, request.caller)
      }
      throw new HttpError(405, 'MethodNotAllowed', 'This endpoint does not have that method.')
    },
    close: () => kept.close(),
  }
}

function toCall(request: FunctionRequest, caller: Caller): FunctionCall {
  return {
    path: canonicalPath(request.path),
    args: request.args,
    identity: caller.identity,
    allowInternal: caller.admin,
  }
}

function toAnswer(outcome: Outcome, { format }: FunctionRequest) {
  const write = format === 'json' ? toPlainJson : <T>(value: T) => value
  if (outcome.ok) return { status: 'success', value: write(outcome.value), logLines: outcome.logLines }
  const { errorMessage, errorData, logLines } = outcome
  return {
    status: 'error',
    errorMessage: failureText(errorMessage),
    ...(errorData === undefined ? {} : { errorData: write(errorData) }),
    logLines,
  }
}

function asObject(value: unknown): object {
  return typeof value === 'object' && value !== null ? value : {}
}

/** `folder/messages/list` is `folder/messages:list`; a colon may be written too. */
function fromUrlPath(path: string): string {
  let decoded: string
  try {
    decoded = decodeURIComponent(path)
  } catch (error) {
    if (error instanceof URIError) throw new HttpError(400, 'InvalidPath', 'The function path is not valid.')
    throw error
  }
  if (decoded.includes(':')) return decoded
  const slash = decoded.lastIndexOf('/')
  return slash < 0 ? decoded : `${decoded.slice(0, slash)}:${decoded.slice(slash + 1)}`
}

function readTimestamp(text: string): bigint {
  try {
    return decodeTimestamp(text)
  } catch (error) {
    if (error instanceof RangeError) throw new HttpError(400, 'InvalidTimestamp', error.message)
    throw error
  }
}
