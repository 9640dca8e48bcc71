import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { parseServeOptions, UsageError } from './serve-options.ts'

const least = ['--project', 'app', '--data', 'data', '--port', '3210', '--site-port', '0', '--admin-key', 'name|secret']

test('the least there can be', () => {
  expect(parseServeOptions(least, {})).toEqual({
    projectDir: resolve('app'),
    functionsDir: null,
    dataDir: resolve('data'),
    port: 3210,
    sitePort: 0,
    adminKey: 'name|secret',
    instanceName: 'embedded',
    env: {},
    allowOrigins: null,
    requireAuth: false,
    onStart: null,
    maxFileBytes: null,
    parallelJobs: null,
    manualClock: false,
    transactionTimeoutMs: null,
    actionTimeoutMs: null,
    exitWithParent: false,
    recover: false,
    watch: false,
  })
})

test('everything there is', () => {
  const origins = ['chrome-extension://abcdefghijklmnopabcdefghijklmnop', 'http://127.0.0.1:5173']
  const args = [
    ...least,
    '--functions=src/convex',
    '--instance-name=mine',
    '--require-auth',
    '--exit-with-parent',
    '--recover',
    '--watch',
    '--env=A=b=c',
    '--env=EMPTY=',
    '--env=SECRET',
    '--on-start=folder/jobs:recover',
    '--max-file-size=5000',
    '--parallel-jobs=8',
    '--manual-clock',
    ...origins.flatMap((origin) => ['--allow-origin', origin]),
  ]
  expect(parseServeOptions(args, { SECRET: 'from outside', OTHER: 'unseen' })).toMatchObject({
    functionsDir: 'src/convex',
    instanceName: 'mine',
    env: { A: 'b=c', EMPTY: '', SECRET: 'from outside' },
    allowOrigins: origins,
    requireAuth: true,
    onStart: 'folder/jobs:recover',
    maxFileBytes: 5_000,
    parallelJobs: 8,
    manualClock: true,
    exitWithParent: true,
    recover: true,
    watch: true,
  })
})

test('time limits come from the environment', () => {
  const environment = { DATABASE_UDF_USER_TIMEOUT_SECONDS: '1.5', ACTIONS_USER_TIMEOUT_SECS: '60' }
  expect(parseServeOptions(least, environment)).toMatchObject({ transactionTimeoutMs: 1_500, actionTimeoutMs: 60_000 })
  expect(() => parseServeOptions(least, { ACTIONS_USER_TIMEOUT_SECS: 'long' })).toThrow(UsageError)
})

test.each([
  [[], /--project is missing/],
  [['--project', 'app'], /--data is missing/],
  [['--project', 'app', '--data', ''], /--data is missing/],
  [[...least, '--nonsense'], /--nonsense/],
  [[...least, 'stray'], /stray/],
  [[...least, '--port', '65536'], /--port must be/],
  [[...least, '--port', '-1'], /--port/],
  [[...least, '--site-port', '1e3'], /--site-port must be/],
  [[...least, '--allow-origin', '*'], /not an origin/],
  [[...least, '--allow-origin', 'null'], /not an origin/],
  [[...least, '--allow-origin', 'https://example.com/'], /not an origin/],
  [[...least, '--env', '1=2'], /not a variable name/],
  [[...least, '--env', 'ABSENT'], /no value/],
  [[...least, '--on-start', 'recover'], /MODULE:FUNCTION/],
  [[...least, '--max-file-size', '5 MB'], /--max-file-size must be/],
  [[...least, '--parallel-jobs=-1'], /--parallel-jobs must be/],
  [[...least, '--parallel-jobs', 'many'], /--parallel-jobs must be/],
])('%j is refused in one sentence', (args, reason) => {
  expect(() => parseServeOptions(args, {})).toThrow(reason)
  expect(() => parseServeOptions(args, {})).toThrow(UsageError)
})
