import { APICallError } from '@ai-sdk/provider'
import { describe, expect, it } from 'vitest'
import { ModelFailure } from './modelFailure.ts'
import { providerFailure } from './providerFailure.ts'

const cloud = { address: 'gateway.test', local: false }
const local = { address: '127.0.0.1:11434', local: true }

function call(
  statusCode: number | undefined,
  responseBody = '',
  responseHeaders: Record<string, string> = {},
  cause?: unknown,
) {
  return new APICallError({
    message: 'failed',
    url: 'https://gateway.test/',
    requestBodyValues: {},
    ...(statusCode === undefined ? {} : { statusCode }),
    responseBody,
    responseHeaders,
    cause,
  })
}

describe('what a provider’s error means', () => {
  it.each<[string, unknown, object, boolean]>([
    ['401', call(401), { code: 'provider_bad_key' }, false],
    ['402', call(402), { code: 'provider_no_credit' }, false],
    ['403', call(403), { code: 'provider_bad_key' }, false],
    ['404', call(404), { code: 'provider_model_gone' }, false],
    ['408', call(408), { code: 'provider_failed', detail: 'HTTP 408' }, true],
    ['410', call(410), { code: 'provider_model_gone' }, false],
    ['413', call(413), { code: 'provider_context_too_long' }, false],
    ['400 context', call(400, 'prompt is too long: 210000 tokens'), { code: 'provider_context_too_long' }, false],
    ['400 filter', call(400, 'blocked by content_filter'), { code: 'provider_content_filter' }, false],
    ['400 other', call(400, 'bad'), { code: 'provider_failed', detail: 'HTTP 400' }, false],
    ['429', call(429), { code: 'provider_rate_limited', detail: '10' }, true],
    ['429 with a time', call(429, '', { 'retry-after': '7' }), { code: 'provider_rate_limited', detail: '7' }, true],
    ['429 without quota', call(429, 'insufficient_quota'), { code: 'provider_no_credit' }, false],
    ['500', call(500), { code: 'provider_failed', detail: 'HTTP 500' }, true],
    ['502 page', call(502, '<html>'), { code: 'provider_failed', detail: 'HTTP 502' }, true],
    ['503', call(503), { code: 'provider_overloaded' }, true],
    ['529', call(529), { code: 'provider_overloaded' }, true],
    ['no answer', call(undefined), { code: 'provider_unreachable', detail: 'gateway.test' }, true],
    [
      'broken off',
      call(200, '', {}, new TypeError('terminated')),
      { code: 'provider_unreachable', detail: 'gateway.test' },
      true,
    ],
    ['fetch', new TypeError('fetch failed'), { code: 'provider_unreachable', detail: 'gateway.test' }, true],
    ['an event', { message: 'Overloaded' }, { code: 'provider_overloaded' }, true],
    ['text', 'invalid api key', { code: 'provider_bad_key' }, false],
    ['nonsense', undefined, { code: 'provider_failed', detail: 'its answer could not be read' }, false],
    ['our own', new ModelFailure({ code: 'provider_stalled' }), { code: 'provider_stalled' }, false],
  ])('%s', (_name, error, failure, retryable) => {
    expect(providerFailure(error, cloud)).toMatchObject({ failure, retryable })
  })

  it('of a local server that refuses is not to ask again', () => {
    expect(providerFailure(new TypeError('fetch failed'), local)).toEqual({
      failure: { code: 'provider_unreachable', detail: '127.0.0.1:11434' },
      retryable: false,
    })
  })

  it.each([
    [{ 'retry-after': '3' }, 3000],
    [{ 'retry-after-ms': '250' }, 250],
    [{ 'retry-after': 'soon' }, undefined],
    [{}, undefined],
  ])('reads %j', (headers, ms) => {
    expect(providerFailure(call(429, '', headers), cloud).retryAfterMs).toBe(ms)
  })

  it('never repeats the provider’s words', () => {
    const told = JSON.stringify(providerFailure(call(500, 'secret page text', { authorization: 'secret' }), cloud))
    expect(told).not.toContain('secret')
  })
})
