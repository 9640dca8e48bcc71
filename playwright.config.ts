import { defineConfig } from '@playwright/test'

/** The real side panel. Unit tests run under Vitest. */
export default defineConfig({
  testDir: 'tests/e2e',
  // One browser at a time: two cores have to run it, the engine and the provider.
  workers: 1,
  forbidOnly: true,
  reporter: 'list',
  // Generous: a limit here only has to end a test that hangs, on the slowest machine under load.
  timeout: 180_000,
  expect: { timeout: 60_000 },
  outputDir: '.output/playwright',
})
