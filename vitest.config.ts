import { defineConfig } from 'vitest/config'

/**
 * They call functions through `createBackend`: on convex-test, and again over the wire of the embedded engine.
 * repository.test.ts reads source text only.
 */
const functionTests = ['convex/!(repository).test.ts', 'convex/run/runAttempt.test.ts']

// The real side panel has its own runner.
const exclude = ['node_modules/**', 'tests/e2e/**', '.output/**', '.wxt/**', '.gloss/**']

export default defineConfig({
  test: {
    environment: 'node',
    // Convex's packages must be one copy, Vite's: two copies of ConvexError are two classes.
    server: { deps: { inline: ['convex-test', /convex\//, /@convex-dev\//] } },
    // Generous: a limit here only has to end a test that hangs, on the slowest machine under load.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    teardownTimeout: 30_000,
    restoreMocks: true,
    unstubGlobals: true,
    unstubEnvs: true,
    expect: { requireAssertions: true },
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['**/*.test.ts', '**/*.test.tsx'], exclude: [...exclude, ...functionTests] },
      },
      {
        extends: true,
        test: {
          name: 'convex-test',
          include: functionTests,
          setupFiles: 'tests/backends/convex-test.ts',
        },
      },
      {
        extends: true,
        test: {
          name: 'engine',
          include: functionTests,
          globalSetup: 'tests/backends/engine-project.ts',
          setupFiles: 'tests/backends/engine.ts',
        },
      },
    ],
  },
})
