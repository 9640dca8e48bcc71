import { expect, test } from 'vitest'
import { decodeDocumentId, encodeDocumentId, newInternalId } from './document-id.ts'

const zeros = new Uint8Array(16)
const ones = new Uint8Array(16).fill(255)

test.each([
  { tableNumber: 1, internalId: zeros, length: 31 },
  { tableNumber: 127, internalId: ones, length: 31 },
  { tableNumber: 128, internalId: ones, length: 32 },
  { tableNumber: 10_001, internalId: zeros, length: 32 },
  { tableNumber: 4_294_967_295, internalId: ones, length: 37 },
])('table $tableNumber gives $length characters and comes back', ({ tableNumber, internalId, length }) => {
  const id = encodeDocumentId({ tableNumber, internalId })
  expect(id).toMatch(/^[0-9a-z]+$/)
  expect(id).toHaveLength(length)
  expect(decodeDocumentId(id)).toEqual({ tableNumber, internalId })
})

test('the first user table begins as on Convex', () => {
  expect(encodeDocumentId({ tableNumber: 10_001, internalId: zeros })).toMatch(/^j5/)
})

test('one wrong character is noticed', () => {
  const id = encodeDocumentId({ tableNumber: 10_001, internalId: newInternalId(Date.now()) })
  for (let position = 0; position < id.length; position++) {
    const other = id[position] === 'a' ? 'b' : 'a'
    expect(decodeDocumentId(id.slice(0, position) + other + id.slice(position + 1))).toBeNull()
  }
})

test.each(['', 'x', 'not an id', 'i'.repeat(32), '0'.repeat(31), 'z'.repeat(37), 'A'.repeat(32)])(
  '%j is no id',
  (text) => expect(decodeDocumentId(text)).toBeNull(),
)

test('ids of the same table sort by their bytes, those of one second lie together', () => {
  const early = encodeDocumentId({ tableNumber: 10_001, internalId: newInternalId(1_000_000) })
  const late = encodeDocumentId({ tableNumber: 10_001, internalId: newInternalId(2_000_000) })
  expect(early < late).toBe(true)
})
