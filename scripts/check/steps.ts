import { join } from 'node:path'

export type CheckStep = { name: string; command: string; args: string[] }

/** Everything that `npm run check` proves, quickest first. */
export function checkSteps(root: string): CheckStep[] {
  const installed = (name: string) => join(root, 'node_modules', '.bin', name)
  return [
    { name: 'format', command: installed('oxfmt'), args: ['--check'] },
    { name: 'lint', command: installed('oxlint'), args: ['--type-aware', '--deny-warnings'] },
    { name: 'types', command: installed('tsc'), args: ['--project', 'tsconfig.json'] },
    { name: 'dead code', command: installed('knip'), args: ['--no-progress', '--no-config-hints'] },
    {
      name: 'convex',
      command: process.execPath,
      args: ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', 'scripts/check-convex.ts'],
    },
  ]
}
