import { GatewayError } from '@ai-sdk/gateway'
import { APICallError } from '@ai-sdk/provider'
import type { Failure } from '../../protocol/errors.ts'
import { ModelFailure } from './modelFailure.ts'

export interface ProviderFailure {
  readonly failure: Failure
  /** Whether asking again may help, before any text has come. */
  readonly retryable: boolean
  /** How long the provider asked to be left alone. */
  readonly retryAfterMs?: number
}

interface Place {
  /** Host and port, shown when the provider cannot be reached. */
  readonly address: string
  /** A server on this machine: when it refuses, asking again will not help. */
  readonly local: boolean
}

/** What a provider's error means, in our codes. Never its own text, which may hold a key or the page. */
export function providerFailure(error: unknown, place: Place): ProviderFailure {
  if (error instanceof ModelFailure) return { failure: error.failure, retryable: false }
  const { status, headers, text } = readError(error)
  if (status !== undefined) return byStatus(status, headers, text)
  if (isNetworkError(error)) {
    return { failure: { code: 'provider_unreachable', detail: place.address }, retryable: !place.local }
  }
  return (
    byText(text) ?? { failure: { code: 'provider_failed', detail: 'its answer could not be read' }, retryable: false }
  )
}

function byStatus(status: number, headers: Record<string, string>, text: string): ProviderFailure {
  const told = byText(text)
  const failed = (code: Failure['code']): ProviderFailure => ({ failure: { code }, retryable: false })
  if (status === 401) return failed('provider_bad_key')
  if (status === 402) return failed('provider_no_credit')
  if (status === 404 || status === 410) return told ?? failed('provider_model_gone')
  if (status === 413) return failed('provider_context_too_long')
  if (status === 429) return told?.failure.code === 'provider_no_credit' ? told : rateLimited(headers)
  if (status === 503 || status === 529) {
    return { failure: { code: 'provider_overloaded' }, retryable: true, ...retryAfter(headers) }
  }
  if (status === 403) return told ?? failed('provider_bad_key')
  const retryable = status === 408 || status === 409 || status === 425 || status >= 500
  if (told && !retryable) return told
  return { failure: { code: 'provider_failed', detail: `HTTP ${status}` }, retryable, ...retryAfter(headers) }
}

/** Errors that come without a status: in the middle of a stream, or as the only reason in a 400. */
function byText(text: string): ProviderFailure | null {
  for (const [pattern, code, retryable] of hints) if (pattern.test(text)) return { failure: { code }, retryable }
  return null
}

const hints: readonly (readonly [RegExp, Failure['code'], boolean])[] = [
  [
    /context.{0,20}(length|window|size)|maximum context|too many tokens|prompt is too long|exceed.{0,30}(context|tokens)/i,
    'provider_context_too_long',
    false,
  ],
  [/content.?(filter|policy|management)|safety system|responsible.?ai/i, 'provider_content_filter', false],
  [
    /insufficient.{0,10}(quota|funds|credit|balance)|credit balance|out of credits|billing/i,
    'provider_no_credit',
    false,
  ],
  [/(invalid|incorrect|missing).{0,12}api.?key|unauthori[sz]ed|authentication/i, 'provider_bad_key', false],
  [
    /model.{0,60}(not (be )?found|does not exist|no longer|deprecated|not supported)|model_not_found|no such model/i,
    'provider_model_gone',
    false,
  ],
  [/overloaded|capacity|temporarily unavailable/i, 'provider_overloaded', true],
]

/** Without a time from the provider, a retry after ten seconds is what the person is told. */
function rateLimited(headers: Record<string, string>): ProviderFailure {
  const after = retryAfter(headers)
  const seconds = after.retryAfterMs === undefined ? 10 : Math.ceil(after.retryAfterMs / 1000)
  return { failure: { code: 'provider_rate_limited', detail: String(Math.max(1, seconds)) }, retryable: true, ...after }
}

function retryAfter(headers: Record<string, string>): { retryAfterMs?: number } {
  const ms = Number(headers['retry-after-ms'])
  if (headers['retry-after-ms'] !== undefined && ms >= 0) return { retryAfterMs: ms }
  const value = headers['retry-after']
  if (value === undefined) return {}
  const seconds = Number(value)
  if (seconds >= 0) return { retryAfterMs: seconds * 1000 }
  const date = Date.parse(value)
  return Number.isNaN(date) ? {} : { retryAfterMs: Math.max(0, date - Date.now()) }
}

/** The status, headers and text of an SDK error; the gateway keeps the provider's in its cause. */
function readError(error: unknown): { status: number | undefined; headers: Record<string, string>; text: string } {
  const call = [error, error instanceof Error ? error.cause : undefined].find((one) => APICallError.isInstance(one))
  const gateway = GatewayError.isInstance(error) ? error : undefined
  const text = `${textOf(error)} ${call?.responseBody ?? ''}`.slice(0, 4000)
  // A gateway error without a cause that is a call failed before any answer: its 500 is made up.
  const given = call ? call.statusCode : isNetworkError(gateway?.cause) ? undefined : gateway?.statusCode
  // A 200 whose body broke off says nothing.
  const status = given !== undefined && given >= 300 ? given : undefined
  return { status, headers: call?.responseHeaders ?? {}, text }
}

function textOf(error: unknown): string {
  if (error instanceof Error) return error.message
  if (typeof error === 'string') return error
  return JSON.stringify(error) ?? ''
}

/** `fetch` throws a TypeError for everything between here and the first byte; the SDK wraps it. */
function isNetworkError(error: unknown): boolean {
  for (let at = error, depth = 0; at instanceof Error && depth < 6; at = at.cause, depth++) {
    if (APICallError.isInstance(at)) {
      if (at.statusCode === undefined) return true
    } else if (at.name === 'TypeError' && /fetch|network|connect|terminated|socket/i.test(at.message)) return true
  }
  return false
}
