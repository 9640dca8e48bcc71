/**
 * Starts the real command line as a process of its own, for tests and benches of a project.
 *
 * Loaded by test runners as well as by Node itself, so it imports nothing of Convex, and takes its timers now, before a
 * test installs false ones.
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const { setTimeout: setRealTimeout, clearTimeout: clearRealTimeout } = globalThis

const READY_WITHIN_MS = 60_000
const STOP_WITHIN_MS = 10_000

export interface StartEngineOptions {
  readonly projectDir: string
  readonly functionsDir?: string
  /** A new temporary folder by default. Give the same one again to go on with its data. */
  readonly dataDir?: string
  readonly port?: number
  readonly sitePort?: number
  readonly adminKey?: string
  readonly env?: Readonly<Record<string, string>>
  readonly allowOrigin?: string | readonly string[]
  readonly requireAuth?: boolean
  readonly onStart?: string
  /** In bytes. */
  readonly maxFileSize?: number
  readonly watch?: boolean
  /** How many scheduled functions run at once; 256 by default. With 0 they all wait. */
  readonly parallelJobs?: number
  /** The time of queries and mutations stands still until `advance` moves it. */
  readonly manualClock?: boolean
}

export interface RunningEngine {
  readonly url: string
  readonly siteUrl: string
  readonly adminKey: string
  readonly pid: number
  readonly dataDir: string
  /** Moves a manual clock on by so many milliseconds, and gives what it shows then. */
  advance(ms: number): Promise<number>
  /** SIGKILL: the crash. Resolves when the process is gone. */
  kill(): Promise<void>
  /** SIGTERM: the clean end. Throws when it takes longer than ten seconds. */
  stop(): Promise<void>
  stderr(): string
}

/** The engine's Node: this one when it is new enough, else the packaged one. */
function node24(): string {
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath
  return join(dirname(createRequire(import.meta.url).resolve('node/package.json')), 'bin', 'node')
}

function toArguments(options: StartEngineOptions, dataDir: string, adminKey: string): string[] {
  const { projectDir, functionsDir, port = 0, sitePort = 0, env = {}, allowOrigin = [] } = options
  const { requireAuth, onStart, maxFileSize, parallelJobs } = options
  const origins = typeof allowOrigin === 'string' ? [allowOrigin] : allowOrigin
  return [
    fileURLToPath(new URL('./cli.mjs', import.meta.url)),
    'serve',
    `--project=${projectDir}`,
    `--data=${dataDir}`,
    `--admin-key=${adminKey}`,
    `--port=${port}`,
    `--site-port=${sitePort}`,
    '--exit-with-parent',
    ...(functionsDir === undefined ? [] : ['--functions', functionsDir]),
    // By name only: values may be secrets, and a process's arguments are for all to read.
    ...Object.keys(env).flatMap((name) => ['--env', name]),
    ...origins.flatMap((origin) => ['--allow-origin', origin]),
    ...(requireAuth === true ? ['--require-auth'] : []),
    ...(onStart === undefined ? [] : ['--on-start', onStart]),
    ...(maxFileSize === undefined ? [] : ['--max-file-size', `${maxFileSize}`]),
    ...(options.manualClock === true ? ['--manual-clock'] : []),
    ...(options.watch === true ? ['--watch'] : []),
    ...(parallelJobs === undefined ? [] : ['--parallel-jobs', String(parallelJobs)]),
  ]
}

/** Resolves once the engine is ready. Rejects with what it wrote to standard error when it ends before. */
export async function startEngine(options: StartEngineOptions): Promise<RunningEngine> {
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'embedded-convex-')))
  const adminKey = options.adminKey ?? `embedded|${crypto.randomUUID()}`
  const child = spawn(node24(), toArguments(options, dataDir, adminKey), {
    // Standard input is held open for as long as this process lives: the engine ends with it.
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, ...options.env },
  })
  let errors = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text))
  child.stdin.on('error', () => undefined)
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const { url, siteUrl } = await readReadyLine(child, () => errors)
  return {
    url,
    siteUrl,
    adminKey,
    pid: child.pid ?? 0,
    dataDir,
    advance: (ms) => advanceClock(url, adminKey, ms),
    async kill() {
      child.kill('SIGKILL')
      await gone
    },
    async stop() {
      child.kill('SIGTERM')
      await within(STOP_WITHIN_MS, gone, () => `The engine did not end in time.\n${errors}`)
    },
    stderr: () => errors,
  }
}

async function readReadyLine(child: ChildProcess, errors: () => string): Promise<{ url: string; siteUrl: string }> {
  const line = new Promise<string>((resolve, reject) => {
    let text = ''
    child.stdout?.setEncoding('utf8').on('data', (more: string) => {
      text += more
      const end = text.indexOf('\n')
      if (end >= 0) resolve(text.slice(0, end))
    })
    child.once('error', reject)
    // Its streams may outlive it by a moment, and say why it ended.
    child.once('close', (code) => reject(new Error(errors().trim() || `The engine ended with code ${code}.`)))
  })
  try {
    return JSON.parse(await within(READY_WITHIN_MS, line, () => `The engine was not ready in time.\n${errors()}`))
  } catch (error) {
    child.kill('SIGKILL')
    throw error
  }
}

async function advanceClock(url: string, adminKey: string, ms: number): Promise<number> {
  const response = await fetch(`${url}/api/embedded/clock`, {
    method: 'POST',
    headers: { authorization: `Convex ${adminKey}` },
    body: JSON.stringify({ advanceMs: ms }),
  })
  const answer = await response.json()
  if (!response.ok) throw new Error(answer.message)
  return answer.nowMs
}

async function within<T>(milliseconds: number, promise: Promise<T>, message: () => string): Promise<T> {
  let timer: ReturnType<typeof setRealTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setRealTimeout(() => reject(new Error(message())), milliseconds)
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    clearRealTimeout(timer)
  }
}
