import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CommandError } from '../terminal/command-error.ts'
import type { Progress } from '../terminal/progress.ts'
import { runProgram } from '../terminal/run-program.ts'
import { hashFiles } from './hash-files.ts'

/** Everything that a built extension is made of. */
const FOLDERS = ['assets', 'components', 'convex', 'entrypoints', 'page', 'protocol', 'public']
const FILES = ['package-lock.json', 'tsconfig.json', 'wxt.config.ts']

/**
 * Builds the extension, or keeps the last build when no source has changed since.
 * @returns the folder of the unpacked extension, `.output/chrome-mv3`
 */
export async function buildExtension(root: string, progress: Progress): Promise<string> {
  const built = join(root, '.output', 'chrome-mv3')
  // Beside the extension, not in it: what is packaged holds nothing of this machine.
  const stampPath = join(root, '.output', 'chrome-mv3.sources')
  const stamp = await hashFiles(root, [...FOLDERS, ...FILES])
  const before = await readOrNothing(stampPath)
  if (before === stamp && (await readOrNothing(join(built, 'manifest.json'))) !== '') return built
  await progress.step('Building the extension', async () => {
    const wxt = join(root, 'node_modules', 'wxt', 'bin', 'wxt.mjs')
    const { code, output } = await runProgram(process.execPath, [wxt, 'build', root], { cwd: root })
    if (code !== 0)
      throw new CommandError(`The extension could not be built (${lastReason(output)}): see "npm run build".`)
  })
  await writeFile(stampPath, stamp)
  return built
}

/**
 * Copies a build to where this machine's pairing may be written into it, so that `.output` never holds a secret and a
 * rebuild never takes the pairing away from a running browser.
 */
export async function unpackExtension(built: string, target: string): Promise<void> {
  await rm(target, { recursive: true, force: true })
  await mkdir(target, { recursive: true, mode: 0o700 })
  await cp(built, target, { recursive: true })
}

async function readOrNothing(path: string): Promise<string> {
  return readFile(path, 'utf8').catch(() => '')
}

function lastReason(output: string): string {
  const lines = output.split('\n').map((line) => line.trim())
  const reason = lines.findLast((line) => /error/i.test(line)) ?? lines.findLast(Boolean) ?? 'no reason was given'
  return reason.replace(/[.:]+$/, '')
}
