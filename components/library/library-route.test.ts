import { expect, test } from 'vitest'
import { libraryHash, libraryRoute } from './library-route.ts'
import type { LibraryRoute } from './library-route.ts'

test.each<[route: LibraryRoute, hash: string]>([
  [{ name: 'snapshot', id: 'j57a' }, '#/snapshot/j57a'],
  [{ name: 'snapshot', id: 'j57a', mark: { start: 4, end: 20 } }, '#/snapshot/j57a?start=4&end=20'],
  [
    { name: 'snapshot', id: 'j57a', mark: { start: 4, end: 20 }, reason: 'changed' },
    '#/snapshot/j57a?start=4&end=20&reason=changed',
  ],
  [{ name: 'snapshot', id: 'j57a', reason: 'unreadable' }, '#/snapshot/j57a?reason=unreadable'],
  [{ name: 'sent', id: 'k97b' }, '#/sent/k97b'],
])('%o is %s', (route, hash) => {
  expect(libraryHash(route)).toBe(hash)
  expect(libraryRoute(hash)).toEqual(route)
})

test.each<[hash: string, route: LibraryRoute | undefined]>([
  ['', undefined],
  ['#/snapshot/', undefined],
  ['#/settings/a', undefined],
  ['#/sent/a/b', undefined],
  ['#/snapshot/a?start=9&end=3', { name: 'snapshot', id: 'a' }],
  ['#/snapshot/a?start=-1&end=3', { name: 'snapshot', id: 'a' }],
  ['#/snapshot/a?start=1&end=NaN&reason=<b>', { name: 'snapshot', id: 'a' }],
])('of %s only what is meant is taken', (hash, route) => {
  expect(libraryRoute(hash)).toEqual(route)
})
