import { spawn, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import { z } from 'zod'
import { CommandError } from '../terminal/command-error.ts'

export type EngineSettings = {
  /** The folder that holds `convex/` and `embedded/`. */
  project: string
  data: string
  port: number
  sitePort: number
  /** The only origin that may talk to it, such as chrome-extension://ID. */
  origin: string
  /** What the functions read from process.env. */
  environment: Record<string, string>
}

export type EngineProcess = AsyncDisposable & {
  readonly pid: number
  readonly url: string
  readonly siteUrl: string
  /** Settles when the process has ended, with the last thing it had to say. */
  readonly ended: Promise<string>
}

const READY_WITHIN_MS = 60_000
const ENDS_WITHIN_MS = 5_000
const readyLine = z.object({ url: z.string(), siteUrl: z.string() })

/** Starts the embedded engine as its own process and waits until it answers. */
export async function startEngine(settings: EngineSettings): Promise<EngineProcess> {
  const child = spawn(process.execPath, engineArguments(settings), {
    cwd: settings.project,
    // Values travel in the environment: a command line can be read by every user of the machine.
    env: { ...process.env, ...settings.environment },
    // It ends when its standard input does, however we end.
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  const said = lastLineOf(child)
  const ended = once(child, 'exit').then(() => said())
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGTERM')
    const late = setTimeout(() => child.kill('SIGKILL'), ENDS_WITHIN_MS)
    await ended
    clearTimeout(late)
  }
  try {
    const ready = await untilReady(child, ended)
    if (child.pid === undefined) throw new CommandError('The engine has no process id: start again.')
    return { ...ready, pid: child.pid, ended, [Symbol.asyncDispose]: stop }
  } catch (cause) {
    await stop()
    throw cause
  }
}

export function engineArguments({ project, data, port, sitePort, origin, environment }: EngineSettings): string[] {
  const options = [
    ['--project', project],
    ['--data', data],
    ['--port', String(port)],
    ['--site-port', String(sitePort)],
    ['--allow-origin', origin],
    ['--require-auth'],
    ['--exit-with-parent'],
    // With --require-auth the engine lets no admin in, so that this key, which `ps` shows, opens nothing.
    ['--admin-key', `gloss|${randomBytes(32).toString('base64url')}`],
    ['--on-start', 'generations:recover'],
  ]
  const names = Object.keys(environment).map((name) => ['--env', name])
  return [join(project, 'embedded', 'cli.mjs'), 'serve', ...[...options, ...names].flat()]
}

async function untilReady(child: ChildProcess, ended: Promise<string>): Promise<z.infer<typeof readyLine>> {
  let timer: NodeJS.Timeout | undefined
  const tooLate = new Promise<never>((_, reject) => {
    const sentence = `The engine was not ready within ${READY_WITHIN_MS / 1000} s: end what keeps the machine busy and start again.`
    timer = setTimeout(() => reject(new CommandError(sentence)), READY_WITHIN_MS)
  })
  const died = ended.then((reason) => {
    throw new CommandError(
      `The engine could not start (${reason || 'it gave no reason'}): start again, or report this.`,
    )
  })
  // Whichever of the two loses the race must not become an unhandled rejection.
  died.catch(() => undefined)
  try {
    return await Promise.race([firstLine(child), tooLate, died])
  } finally {
    clearTimeout(timer)
  }
}

function firstLine(child: ChildProcess): Promise<z.infer<typeof readyLine>> {
  return new Promise((resolve, reject) => {
    let text = ''
    child.stdout?.setEncoding('utf8').on('data', (data: string) => {
      text += data
      if (!text.includes('\n')) return
      const parsed = readyLine.safeParse(JSON.parse(text.slice(0, text.indexOf('\n'))))
      if (parsed.success) resolve(parsed.data)
      else
        reject(
          new CommandError('The engine said something that Gloss does not understand: run "npm ci" and start again.'),
        )
    })
  })
}

function lastLineOf(child: ChildProcess): () => string {
  let tail = ''
  child.stderr?.setEncoding('utf8').on('data', (data: string) => {
    tail = (tail + data).slice(-4_000)
    if (process.env['GLOSS_DEBUG']) process.stderr.write(data)
  })
  return () =>
    tail
      .trim()
      .split('\n')
      .at(-1)
      ?.replace(/[.:]+$/, '') ?? ''
}
