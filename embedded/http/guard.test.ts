import { expect, test } from 'vitest'
import { guard } from './guard.ts'

const EXTENSION = 'chrome-extension://abcdefghijklmnopabcdefghijklmnop'
const open = { allowOrigins: null }
const guarded = { allowOrigins: [EXTENSION] }

function verdict(host: string[], origin: string[], policy: typeof open | typeof guarded): number {
  const result = guard({ host, origin }, 3210, policy)
  return result.ok ? 200 : result.status
}

test.each(['127.0.0.1:3210', 'localhost:3210', '[::1]:3210', 'LOCALHOST:3210'])('host %s passes', (host) => {
  expect(verdict([host], [], open)).toBe(200)
  expect(verdict([host], [EXTENSION], guarded)).toBe(200)
})

test.each([
  [],
  [''],
  ['127.0.0.1'],
  ['localhost'],
  ['127.0.0.1:3211'],
  ['127.0.0.1:80'],
  ['rebind.test:3210'],
  ['localhost.rebind.test:3210'],
  ['127.0.0.1.rebind.test:3210'],
  ['user@127.0.0.1:3210'],
  ['127.0.0.1:3210/'],
  ['127.0.0.1:3210 '],
  ['0.0.0.0:3210'],
  ['[::]:3210'],
  ['127.0.0.2:3210'],
  ['2130706433:3210'],
  ['127.0.0.1:3210', 'rebind.test:3210'],
])('host %j is misdirected, whatever the origin', (...host) => {
  expect([verdict(host, [], open), verdict(host, [EXTENSION], guarded)]).toEqual([421, 421])
})

test.each([
  'null',
  '',
  'http://localhost:3210',
  'http://127.0.0.1:3210',
  'https://example.com',
  'chrome-extension://abcdefghijklmnopabcdefghijklmnoq',
  `${EXTENSION}/`,
  `${EXTENSION}.test`,
  EXTENSION.toUpperCase(),
  `https://${EXTENSION}`,
  ` ${EXTENSION}`,
])('origin %j is forbidden when only the extension is allowed, and passes when all are', (origin) => {
  expect(verdict(['127.0.0.1:3210'], [origin], guarded)).toBe(403)
  expect(verdict(['127.0.0.1:3210'], [origin], open)).toBe(200)
})

test('two origins are forbidden, even twice the right one', () => {
  expect(verdict(['127.0.0.1:3210'], [EXTENSION, EXTENSION], guarded)).toBe(403)
})
