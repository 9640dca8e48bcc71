import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { EXTENSION_ID, EXTENSION_KEY } from './extension-id.ts'

test('the id is the one Chrome derives from the key', () => {
  const digest = createHash('sha256').update(Buffer.from(EXTENSION_KEY, 'base64')).digest('hex')
  const letters = Array.from(digest.slice(0, 32), (digit) => String.fromCharCode(97 + Number.parseInt(digit, 16)))
  expect(letters.join('')).toBe(EXTENSION_ID)
})
