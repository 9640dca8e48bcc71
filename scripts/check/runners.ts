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

/** A project of `playwright.config.ts`, and how many browsers may run at a time. */
export interface PanelTests {
  readonly project: string
  readonly workers: number
}

/** The real side panel, in a real browser. */
export const playwright = (root: string, browser: string, { project, workers }: PanelTests): Runner => ({
  command: installed(root, 'playwright'),
  arguments: () => ['test', `--project=${project}`, `--workers=${workers}`, '--reporter=list,json'],
  environment: (report) => ({
    GLOSS_BROWSER: browser,
    PLAYWRIGHT_JSON_OUTPUT_NAME: report,
    PLAYWRIGHT_JSON_OUTPUT_FILE: report,
  }),
  tally: tallyPlaywright,
})
