import { describe, expect, test } from 'vitest'
import { settleTally, tallyPlaywright, tallyVitest } from './tally.ts'

describe('tallies', () => {
  const counts = { numPassedTests: 3, numFailedTests: 1, numPendingTests: 0, numTodoTests: 0 }

  test('of Vitest, with a file that broke before its first test', () => {
    const testResults = [
      { status: 'failed', assertionResults: [] },
      { status: 'failed', assertionResults: [{}] },
    ]
    expect(tallyVitest({ ...counts, testResults })).toEqual({ passed: 3, failed: 2, skipped: 0 })
  })

  test('of Playwright, with a flaky test', () => {
    const stats = { expected: 5, unexpected: 1, flaky: 1, skipped: 2 }
    expect(tallyPlaywright({ stats, errors: [] })).toEqual({ passed: 5, failed: 2, skipped: 2 })
  })

  test.each([
    ['all passed', { passed: 3, failed: 0, skipped: 0 }, 0, 3, 0],
    ['one failed', { passed: 3, failed: 1, skipped: 0 }, 1, 3, 1],
    ['one skipped', { passed: 3, failed: 0, skipped: 1 }, 0, 3, 1],
    ['a runner that ended badly', { passed: 3, failed: 0, skipped: 0 }, 1, 3, 1],
    ['a runner that was killed', { passed: 3, failed: 0, skipped: 0 }, null, 3, 1],
    ['no test at all', { passed: 0, failed: 0, skipped: 0 }, 0, 0, 1],
    ['no report', undefined, 0, 0, 1],
  ])('%s', (_name, tally, code, passed, failed) => {
    expect(settleTally(tally, code)).toMatchObject({ passed, failed })
  })
})
