import { backup, backupUsage } from './backup.ts'
import { check, checkUsage } from './check.ts'
import { exportData, exportUsage } from './export.ts'
import { importData, importUsage } from './import.ts'
import type { Output } from './output.ts'
import { reset, resetUsage } from './reset.ts'

interface Operation {
  readonly usage: string
  /** Gives the exit code. Rejects with a sentence for a person. */
  readonly run: (args: readonly string[], output: Output) => Promise<number>
}

/** The commands beside `serve`, by name. */
export const operations: Readonly<Record<string, Operation>> = {
  check: { usage: checkUsage, run: async (args, output) => ((await check(args, output)) === 0 ? 0 : 1) },
  backup: { usage: backupUsage, run: succeeding(backup) },
  export: { usage: exportUsage, run: succeeding(exportData) },
  import: { usage: importUsage, run: succeeding(importData) },
  reset: { usage: resetUsage, run: succeeding(reset) },
}

function succeeding(work: (args: readonly string[], output: Output) => Promise<void>): Operation['run'] {
  return async (args, output) => {
    await work(args, output)
    return 0
  }
}
