import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['**/*.test.ts', '**/*.test.tsx'],
    // The real side panel has its own runner.
    exclude: ['node_modules/**', 'tests/e2e/**', '.output/**', '.wxt/**', '.gloss/**'],
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
