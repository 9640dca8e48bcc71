import { join } from 'node:path'
import type { Runner } from './run-tests.ts'
import { tallyPlaywright, tallyVitest } from './tally.ts'

const installed = (root: string, name: string) => join(root, 'node_modules', '.bin', name)

/** Unit and engine tests. */
export const vitest = (root: string): Runner => ({
  command: installed(root, 'vitest'),
  arguments: (report) => ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
  environment: () => ({}),
  tally: tallyVitest,
})

/** The real side panel, in a real browser. */
export const playwright = (root: string, browser: string): Runner => ({
  command: installed(root, 'playwright'),
  arguments: () => ['test', '--reporter=list,json'],
  environment: (report) => ({
    GLOSS_BROWSER: browser,
    PLAYWRIGHT_JSON_OUTPUT_NAME: report,
    PLAYWRIGHT_JSON_OUTPUT_FILE: report,
  }),
  tally: tallyPlaywright,
})
