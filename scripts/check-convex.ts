import { join } from 'node:path'
import { bundleConvex } from './check/bundle-convex.ts'
import { loadConvex } from './check/load-convex.ts'
import { CommandError } from './terminal/command-error.ts'
import { runCommand } from './terminal/run-command.ts'

const folder = process.argv[2] ?? join(import.meta.dirname, '..', 'convex')

/** Proves that what runs in the embedded engine also runs on Convex: see docs/architecture.md. */
await runCommand(async () => {
  try {
    const { modules, entryPoints, bytes } = await bundleConvex(folder)
    await loadConvex(
      modules,
      [...modules.keys()].filter((path) => !path.startsWith('_deps/')),
    )
    process.stdout.write(`${entryPoints.length} modules, ${Math.round(bytes / 1024)} KB, load with Convex's globals\n`)
    return 0
  } catch (cause) {
    throw new CommandError(cause instanceof Error ? cause.message : String(cause))
  }
})
