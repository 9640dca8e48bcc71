import { expect, test } from 'vitest'
import { canonicalPath, functionHandle, splitPath, systemPath } from './function-path.ts'

test.each([
  ['notes:add', 'notes:add'],
  ['folder/notes.ts:add', 'folder/notes:add'],
  ['notes', 'notes:default'],
  ['outer/inner;notes.js:add', 'outer/inner;notes:add'],
  ['function://;notes:add', 'notes:add'],
  ['function://outer/inner;notes:add', 'outer/inner;notes:add'],
  ['function://app/notes:add', 'notes:add'],
])('%s is %s', (path, canonical) => expect(canonicalPath(path)).toBe(canonical))

test.each(['notes:add', 'outer/inner;folder/notes:add'])('the handle of %s leads back to it', (path) => {
  expect(functionHandle(path)).toMatch(/^function:\/\//)
  expect(canonicalPath(functionHandle(path))).toBe(path)
})

test('a semicolon in the route of an HTTP action leads into no component', () => {
  expect(splitPath('http:/a;b')).toEqual({ component: '', name: 'http:/a;b' })
})

test('a job is named as in its component', () => {
  expect(systemPath('outer;folder/notes:add')).toBe('folder/notes.js:add')
})
