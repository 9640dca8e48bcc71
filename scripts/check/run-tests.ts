import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { settleTally, type Tally } from './tally.ts'

export type Runner = {
  command: string
  /** @param report where its JSON report has to go */
  arguments(report: string): string[]
  environment(report: string): Record<string, string>
  tally(report: unknown): Tally
}

/** Runs one test runner with its own output on the terminal, and counts from its JSON report. */
export async function runTests(root: string, runner: Runner): Promise<Tally> {
  const folder = await mkdtemp(join(tmpdir(), 'gloss-report-'))
  const report = join(folder, 'report.json')
  try {
    const child = spawn(runner.command, runner.arguments(report), {
      cwd: root,
      env: { ...process.env, ...runner.environment(report) },
      stdio: 'inherit',
    })
    const [code] = await once(child, 'exit')
    const text = await readFile(report, 'utf8').catch(() => '')
    const tally = text === '' ? undefined : runner.tally(JSON.parse(text))
    return settleTally(tally, typeof code === 'number' ? code : null)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
