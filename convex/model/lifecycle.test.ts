import { describe, expect, it } from 'vitest'
import type { Status } from '../validators.ts'
import { isTerminal, type Move, nextStatus } from './lifecycle.ts'

const states: readonly Status[] = ['pending', 'generating', 'complete', 'stopped', 'error']

/** A row a move, a column a state it is tried from; a dash is a refusal. */
const table: Record<Move, readonly [string, string, string, string, string]> = {
  //         pending       generating    complete   stopped    error
  start: ['generating', 'generating', '-', '-', '-'],
  complete: ['-', 'complete', '-', '-', '-'],
  stop: ['stopped', 'stopped', '-', '-', '-'],
  fail: ['error', 'error', '-', '-', '-'],
  continue: ['-', '-', '-', 'pending', 'pending'],
  retry: ['-', '-', 'pending', 'pending', 'pending'],
}

const cases = Object.entries(table).flatMap(([move, row]) =>
  states.map((from, index) => [move as Move, from, row[index] === '-' ? null : row[index]] as const),
)

describe('nextStatus', () => {
  it.each(cases)('%s from %s gives %s', (move, from, to) => {
    expect(nextStatus(from, move)).toBe(to)
  })
})

it('knows the states that end an answer', () => {
  expect(states.filter(isTerminal)).toEqual(['complete', 'stopped', 'error'])
})
