import { parseArgs } from 'node:util'
import { resolve } from 'node:path'

export interface ServeOptions {
  readonly projectDir: string
  readonly functionsDir: string | null
  readonly dataDir: string
  /** 0 for a free one. */
  readonly port: number
  readonly sitePort: number
  readonly adminKey: string
  readonly instanceName: string
  /** What the app's functions see as `process.env`. */
  readonly env: Readonly<Record<string, string>>
  /** Exact origins; null answers any. */
  readonly allowOrigins: readonly string[] | null
  readonly requireAuth: boolean
  /** `module:function` of an internal mutation to run once after boot. */
  readonly onStart: string | null
  /** How large a stored file may be; null for the engine's own limit. */
  readonly maxFileBytes: number | null
  /** How many scheduled functions run at once, 0 for none; null for the engine's own number. */
  readonly parallelJobs: number | null
  /** The time of queries and mutations stands still until the admin moves it. */
  readonly manualClock: boolean
  /** Time limits in ms; null for the engine's own. */
  readonly transactionTimeoutMs: number | null
  readonly actionTimeoutMs: number | null
  /** End when standard input ends: it does when the parent process is gone. */
  readonly exitWithParent: boolean
  /** When the data is damaged, go on from the newest good back-up. */
  readonly recover: boolean
  /** Load the functions again whenever their files change. */
  readonly watch: boolean
}

/** A mistake of the person at the command line, in one sentence. */
export class UsageError extends Error {
  override name = 'UsageError'
}

export const USAGE =
  'node cli.mjs serve --project DIR [--functions convex] --data DIR --port N --site-port M --admin-key KEY ' +
  '[--instance-name NAME] [--env K=V …] [--allow-origin ORIGIN …] [--require-auth] [--on-start MODULE:FUNCTION] ' +
  '[--max-file-size BYTES] [--parallel-jobs N] [--manual-clock] [--exit-with-parent] [--recover] [--watch]'

function parsePort(name: string, value: string | undefined): number {
  const port = Number(value)
  if (value === undefined || !/^\d+$/.test(value) || port > 65_535) {
    throw new UsageError(`--${name} must be a port number, or 0 for a free one.`)
  }
  return port
}

function parseBytes(name: string, value: string | undefined): number | null {
  if (value === undefined) return null
  const bytes = Number(value)
  if (!/^\d+$/.test(value) || !Number.isSafeInteger(bytes)) throw new UsageError(`--${name} must be a number of bytes.`)
  return bytes
}

function parseCount(name: string, value: string | undefined): number | null {
  if (value === undefined) return null
  const count = Number(value)
  if (!/^\d+$/.test(value)) throw new UsageError(`--${name} must be a number from 0 on.`)
  return count
}

/** Time limits come from the variables that Convex's own backend reads, in seconds. */
function parseSeconds(name: string, environment: NodeJS.ProcessEnv): number | null {
  const text = environment[name]
  if (text === undefined || text === '') return null
  const seconds = Number(text)
  if (!(seconds > 0)) throw new UsageError(`${name} must be a number of seconds.`)
  return seconds * 1000
}

/** `K=V`, or `K` alone for the value that K has in our own environment (which keeps secrets out of `ps`). */
function parseEnv(pairs: readonly string[], environment: NodeJS.ProcessEnv): Record<string, string> {
  const env: Record<string, string> = {}
  for (const pair of pairs) {
    const equals = pair.indexOf('=')
    const name = equals < 0 ? pair : pair.slice(0, equals)
    if (!/^[A-Za-z_]\w*$/.test(name)) throw new UsageError(`--env ${JSON.stringify(name)} is not a variable name.`)
    const value = equals < 0 ? environment[name] : pair.slice(equals + 1)
    if (value === undefined) throw new UsageError(`--env ${name} has no value, and the environment has none either.`)
    env[name] = value
  }
  return env
}

function parseOrigin(origin: string): string {
  const url = URL.canParse(origin) ? new URL(origin) : null
  if (url === null || !origin.startsWith(`${url.protocol}//`) || origin !== `${url.protocol}//${url.host}`) {
    throw new UsageError(`--allow-origin ${JSON.stringify(origin)} is not an origin such as https://example.com.`)
  }
  return origin
}

/** Reads the options after `serve`. Throws a `UsageError`. */
export function parseServeOptions(args: readonly string[], environment: NodeJS.ProcessEnv): ServeOptions {
  const values = parse(args)
  const required = (name: 'project' | 'data' | 'admin-key'): string => {
    const value = values[name]
    if (value === undefined || value === '') throw new UsageError(`--${name} is missing. Usage: ${USAGE}`)
    return value
  }
  const onStart = values['on-start'] ?? null
  if (onStart !== null && !/^[^:]+:[^:]+$/.test(onStart)) {
    throw new UsageError('--on-start must name a function as MODULE:FUNCTION.')
  }
  return {
    projectDir: resolve(required('project')),
    functionsDir: values.functions ?? null,
    dataDir: resolve(required('data')),
    port: parsePort('port', values.port),
    sitePort: parsePort('site-port', values['site-port']),
    adminKey: required('admin-key'),
    instanceName: values['instance-name'] ?? 'embedded',
    env: parseEnv(values.env ?? [], environment),
    allowOrigins: values['allow-origin']?.map(parseOrigin) ?? null,
    requireAuth: values['require-auth'] ?? false,
    onStart,
    maxFileBytes: parseBytes('max-file-size', values['max-file-size']),
    parallelJobs: parseCount('parallel-jobs', values['parallel-jobs']),
    manualClock: values['manual-clock'] ?? false,
    transactionTimeoutMs: parseSeconds('DATABASE_UDF_USER_TIMEOUT_SECONDS', environment),
    actionTimeoutMs: parseSeconds('ACTIONS_USER_TIMEOUT_SECS', environment),
    exitWithParent: values['exit-with-parent'] ?? false,
    recover: values.recover ?? false,
    watch: values.watch ?? false,
  }
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      strict: true,
      allowPositionals: false,
      options: {
        project: { type: 'string' },
        functions: { type: 'string' },
        data: { type: 'string' },
        port: { type: 'string' },
        'site-port': { type: 'string' },
        'admin-key': { type: 'string' },
        'instance-name': { type: 'string' },
        env: { type: 'string', multiple: true },
        'allow-origin': { type: 'string', multiple: true },
        'require-auth': { type: 'boolean' },
        'on-start': { type: 'string' },
        'max-file-size': { type: 'string' },
        'parallel-jobs': { type: 'string' },
        'manual-clock': { type: 'boolean' },
        'exit-with-parent': { type: 'boolean' },
        recover: { type: 'boolean' },
        watch: { type: 'boolean' },
      },
    }).values
  } catch (error) {
    if (error instanceof TypeError) throw new UsageError(`${error.message.split('\n')[0] ?? ''} Usage: ${USAGE}`)
    throw error
  }
}
