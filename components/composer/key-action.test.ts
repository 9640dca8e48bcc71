import { expect, test } from 'vitest'
import { keyAction } from './key-action.ts'
import type { ComposerKey, KeyAction } from './key-action.ts'

const plain = {
  shiftKey: false,
  altKey: false,
  ctrlKey: false,
  metaKey: false,
  isComposing: false,
  keyCode: 0,
  repeat: false,
}

test.each<[event: Partial<ComposerKey>, state: Partial<Parameters<typeof keyAction>[1]>, expected: KeyAction]>([
  [{ key: 'Enter' }, { empty: false, running: false }, 'send'],
  [{ key: 'Enter', shiftKey: true }, { empty: false, running: false }, undefined],
  [{ key: 'Enter', isComposing: true }, { empty: false, running: false }, undefined],
  [{ key: 'Enter', keyCode: 229 }, { empty: false, running: false }, undefined],
  [{ key: 'Enter', altKey: true }, { empty: false, running: false }, undefined],
  [{ key: 'Escape' }, { empty: false, running: true }, 'stop'],
  [{ key: 'Escape' }, { empty: false, running: false }, undefined],
  [{ key: 'Escape', isComposing: true }, { empty: false, running: true }, undefined],
  [{ key: 'ArrowUp' }, { empty: true, running: false }, 'recall'],
  [{ key: 'ArrowUp' }, { empty: false, running: false }, undefined],
  [{ key: 'Backspace' }, { empty: true, atStart: true }, 'drop'],
  [{ key: 'Backspace' }, { atStart: true }, 'drop'],
  [{ key: 'Backspace', repeat: true }, { empty: true, atStart: true }, undefined],
  [{ key: 'Backspace' }, {}, undefined],
  [{ key: 'a' }, { empty: true, running: true }, undefined],
])('%o with %o: %s', (event, state, expected) => {
  expect(keyAction({ key: '', ...plain, ...event }, { empty: false, running: false, atStart: false, ...state })).toBe(
    expected,
  )
})
