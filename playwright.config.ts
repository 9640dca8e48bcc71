import { defineConfig } from '@playwright/test'

/** What is promised in milliseconds is measured with nothing beside it. */
const timed = 'survival.spec.ts'

/** The real side panel. Unit tests run under Vitest. */
export default defineConfig({
  testDir: 'tests/e2e',
  // One browser at a time, unless told otherwise: two cores have to run it, the engine and the provider.
  workers: 1,
  // A folder each: the second run would empty the first one's.
  projects: [
    { name: 'panel', testIgnore: timed, fullyParallel: true, outputDir: '.output/playwright/panel' },
    { name: 'survival', testMatch: timed, outputDir: '.output/playwright/survival' },
  ],
  forbidOnly: true,
  reporter: 'list',
  // Generous: a limit here only has to end a test that hangs, on the slowest machine under load.
  timeout: 180_000,
  expect: { timeout: 60_000 },
})
