import { describe, expect, test } from 'vitest'
import { gestureIntent, isGesture } from './gesture-intent.ts'
import type { Gesture } from './gesture-intent.ts'

const tab = { id: 7, windowId: 1, url: 'https://example.com/' }

describe('gestureIntent', () => {
  test.each<[gesture: Gesture, kind: string]>([
    ['icon', 'open'],
    ['summarise', 'summarise'],
    ['ask-selection', 'ask-selection'],
    ['explain-selection', 'explain-selection'],
  ])('%s asks for %s on the tab it was made on', (gesture, kind) => {
    expect(gestureIntent(gesture, tab, { id: 'i', now: 5, selectionText: 'words' })).toEqual({
      id: 'i',
      kind,
      byGesture: true,
      windowId: 1,
      tabId: 7,
      url: 'https://example.com/',
      selectionText: 'words',
      createdAt: 5,
    })
  })
})

test.each([
  ['summarise', true],
  ['_execute_action', false],
  ['toString', false],
  [3, false],
])('isGesture(%s) is %s', (name, expected) => {
  expect(isGesture(name)).toBe(expected)
})
