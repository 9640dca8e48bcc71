import { defineConfig } from 'vitest/config'

/** What holds a computation against the clock is measured with nothing beside it. */
const timed = [
  'components/documents/pdf/document-blocks.test.ts',
  'embedded/runtime/computing-time.test.ts',
  'embedded/runtime/workers/worker-host.test.ts',
  'embedded/thread-stalls.test.ts',
  'page/visible-copy.test.ts',
]

/**
 * Engines keep what they load for as long as their process lives, and a script may change what belongs to its process.
 * Of the tests of React components one failed in a process that others had used; why is not known.
 */
const apart = [
  'components/**/*.test.tsx',
  'embedded/*.test.ts',
  'embedded/{http,operations,runtime,store,sync}/**/*.test.ts',
  'scripts/*.test.ts',
]

/**
 * They call functions through `createBackend`: on convex-test, and again over the wire of the embedded engine.
 * repository.test.ts reads source text only.
 */
const functionTests = ['convex/!(repository).test.ts', 'convex/run/runAttempt.test.ts']

export default defineConfig({
  test: {
    // The real side panel has its own runner.
    exclude: ['node_modules/**', 'tests/e2e/**', '.output/**', '.wxt/**', '.gloss/**'],
    // Every core: the default leaves one to Vitest itself, which is half of two.
    maxWorkers: '100%',
    projects: [
      // In the order of their names, the longest files first.
      { extends: true, test: { name: 'apart', include: apart, exclude: timed } },
      {
        extends: true,
        test: {
          name: 'shared',
          include: ['**/*.test.ts', '**/*.test.tsx'],
          exclude: [...apart, ...timed, ...functionTests],
          // A process for each file takes longer than most files do. Each still gets an environment of its own.
          isolate: false,
        },
      },
      {
        extends: true,
        test: { name: 'convex-test', include: functionTests, setupFiles: 'tests/backends/convex-test.ts' },
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
      { extends: true, test: { name: 'timed', include: timed, maxWorkers: 1, sequence: { groupOrder: 1 } } },
    ],
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
  },
})
