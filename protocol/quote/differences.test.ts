import { expect, it } from 'vitest'
import { differences } from './differences.ts'

it.each([
  ['nothing', '“the tower”  is open', 'the tower is\nopen', '=the tower is\nopen'],
  ['a word', 'the old tower is open', 'the tall tower is open', '=the|+old|-tall|=tower is open'],
  ['words side by side', 'an old tower is open', 'the tall tower is open', '+an old|-the tall|=tower is open'],
  ['a word left out', 'the tower is open', 'the tall tower is open', '=the|-tall|=tower is open'],
  ['a word added', 'the tower is now open', 'the tower is open', '=the tower is|+now|=open'],
  ['a sign', 'flats; a museum', 'flats, a museum', '+flats;|-flats,|=a museum'],
  ['all', 'one', 'two', '+one|-two'],
])('%s', (_name, quote, page, expected) => {
  const signs = { same: '=', quote: '+', page: '-' }
  const written = differences(quote, page).map(({ kind, text }) => signs[kind] + text)
  expect(written.join('|')).toBe(expected.replace(/\s/g, ' '))
})

it('compares very long texts as wholes', () => {
  const page = 'a word of it '.repeat(2000)
  expect(differences(page, page)).toEqual([{ kind: 'same', text: page }])
  expect(differences(`${page} more`, page).map(({ kind }) => kind)).toEqual(['quote', 'page'])
})
