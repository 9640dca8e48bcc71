import { expect, test } from 'vitest'
import { parseAdminCredential } from './admin-key.ts'

const KEY = 'prod:name|0011aabb'
const base64 = (text: string) => Buffer.from(text).toString('base64')

test('the key alone is the admin', () => {
  expect(parseAdminCredential(KEY, KEY)).toEqual({ identity: null, admin: true, expiresAt: null })
})

test('an identity may follow; its token identifier is ours to make', () => {
  const identity = { issuer: 'https://i.test', subject: 'ada', name: 'Zoë', tokenIdentifier: 'forged' }
  expect(parseAdminCredential(`${KEY}:${base64(JSON.stringify(identity))}`, KEY)).toEqual({
    identity: { issuer: 'https://i.test', subject: 'ada', name: 'Zoë', tokenIdentifier: 'https://i.test|ada' },
    admin: true,
    expiresAt: null,
  })
})

test.each([
  '',
  'prod:name|0011aabc',
  'prod:name|0011aab',
  `${KEY}x`,
  `${KEY}:`,
  `${KEY}:${base64('nonsense')}`,
  `${KEY}:${base64('{"subject":"ada"}')}`,
  `other:${base64('{"issuer":"i","subject":"s"}')}`,
])('%j is no credential', (credential) => {
  expect(() => parseAdminCredential(credential, KEY)).toThrow(/admin key|identity/)
})
