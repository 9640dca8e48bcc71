import { Worker, type MessagePort } from 'node:worker_threads'
import type { JSONValue } from 'convex/values'
import type { CallEnvironment } from '../function-host.ts'
import type { ComponentBundle } from '../load-components.ts'
import { clearInterval, setInterval, setTimeout } from '../real-timers.ts'
import { calledTooLate } from '../syscalls/unsupported.ts'
import { timedOut, withTimeLimit } from '../time-limit.ts'
import { toRequestMessage } from './http-message.ts'
import type { EndedCall, FromWorker, MessageId, ToWorker } from './messages.ts'

/** Resolved here and not by the constructor, so that no bundler takes it for its own. */
const entry = new URL('action-worker.ts', import.meta.url)

/** How often a thread that works is asked for a sign of life. */
const pingEveryMs = 50
/** A thread whose answer takes longer is computing: others are given work first. */
const busyAfterMs = 50
/** A thread that is silent this long when an action's time is up is ended. */
const silentForMs = 3_000

/** Of the heap: more of it would be collected later, and no cheaper. */
const youngMb = 32

const retired = 'its functions were loaded again'

export interface WorkerOptions {
  /** The app first. */
  readonly components: readonly ComponentBundle[]
  readonly log: (line: string) => void
  /** How long a call may take. */
  readonly timeoutMs: number
  /** The heap of one thread; one that needs more is ended. */
  readonly memoryMb: number
}

interface Call {
  readonly environment: CallEnvironment
  /** Of an HTTP action. Held here: a request that is collected passes no abort on. */
  readonly request: Request | null
  readonly end: (outcome: EndedCall) => void
}

/** One worker, the calls that run in it, and what became of it. */
export class WorkerThread {
  readonly #worker: Worker
  readonly #options: WorkerOptions
  readonly #calls = new Map<MessageId, Call>()
  readonly #loaded = Promise.withResolvers<void>()
  readonly #gone = Promise.withResolvers<string>()
  #heartbeat: ReturnType<typeof setInterval> | null = null
  #lastCall: MessageId = 0
  #isReady = false
  #isRetired = false
  /** Why it is going to end. */
  #reason: string | null = null
  #pingedAt: number | null = null
  #answers = 0

  constructor(options: WorkerOptions) {
    this.#options = options
    this.#worker = new Worker(entry, {
      workerData: options.components,
      // None of a test runner's flags; Node strips the types by itself.
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: options.memoryMb, maxYoungGenerationSizeMb: youngMb },
      // The engine's standard output belongs to its ready line.
      stdout: true,
      stderr: true,
    })
    for (const stream of [this.#worker.stdout, this.#worker.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => options.log(text.trimEnd()))
    }
    this.#worker.on('message', (message: FromWorker) => this.#receive(message))
    this.#worker.on('error', (error: unknown) => (this.#reason ??= describeDeath(error)))
    this.#worker.on('exit', (code) => this.#onExit(code))
  }

  /** Resolves with the reason when the worker has ended, however. */
  get gone(): Promise<string> {
    return this.#gone.promise
  }

  get isReady(): boolean {
    return this.#isReady
  }

  get isEnding(): boolean {
    return this.#reason !== null || this.#isRetired
  }

  get isRetired(): boolean {
    return this.#isRetired
  }

  /** It computes without a pause: what is sent now waits. */
  get isBusy(): boolean {
    return this.#pingedAt !== null && performance.now() - this.#pingedAt > busyAfterMs
  }

  get load(): number {
    return this.#calls.size
  }

  async run(path: string, argsJson: string, environment: CallEnvironment): Promise<EndedCall> {
    const { call, ended } = this.#begin(environment)
    this.#post({ type: 'run', call, path, argsJson })
    return await this.#limited(call, ended)
  }

  /** The response's body may go on: the call lasts until its port is closed. */
  async runHttp(request: Request, environment: CallEnvironment): Promise<EndedCall> {
    const message = toRequestMessage(request)
    const { call, ended } = this.#begin(environment, request)
    const answer: { body: MessagePort | null } = { body: null }
    request.signal.addEventListener('abort', () => {
      this.#post({ type: 'abort', call })
      answer.body?.close()
    })
    this.#post({ type: 'http', call, request: message }, message.body === null ? [] : [message.body])
    const outcome = await this.#limited(call, ended)
    if ('response' in outcome) answer.body = outcome.response.body
    if (request.signal.aborted) answer.body?.close()
    return outcome
  }

  /** Takes nothing more, and ends when what is running has ended. */
  retire(): void {
    this.#isRetired = true
    if (this.#heartbeat === null) void this.end(retired)
  }

  /** Fails what is running and ends the worker, in whatever loop it may be. */
  async end(reason: string): Promise<void> {
    this.#reason ??= reason
    await this.#worker.terminate()
    await this.#gone.promise
  }

  #begin(
    environment: CallEnvironment,
    request: Request | null = null,
  ): { readonly call: MessageId; readonly ended: Promise<EndedCall> } {
    const call = ++this.#lastCall
    const { promise: ended, resolve } = Promise.withResolvers<EndedCall>()
    this.#calls.set(call, { environment, request, end: resolve })
    this.#heartbeat ??= setInterval(() => this.#beat(), pingEveryMs)
    return { call, ended }
  }

  async #limited(call: MessageId, ended: Promise<EndedCall>): Promise<EndedCall> {
    // A call's time begins when its thread can run it.
    await Promise.race([this.#loaded.promise, ended])
    return await withTimeLimit(ended, this.#options.timeoutMs, () => {
      this.#forget(call)
      this.#demandAnswer()
      return timedOut(this.#options.timeoutMs)
    })
  }

  #receive(message: FromWorker): void {
    switch (message.type) {
      case 'ready':
        this.#isReady = true
        this.#loaded.resolve()
        break
      case 'pong':
        this.#pingedAt = null
        this.#answers++
        break
      case 'syscall':
      case 'objectSyscall':
        void this.#perform(message)
        break
      case 'log': {
        const { level, message: line } = message
        const call = this.#calls.get(message.call)
        if (call === undefined) this.#options.log(`[${level}] ${line}`)
        else call.environment.log(level, line)
        break
      }
      case 'ended':
        this.#endCall(message.call, message.outcome)
        break
      case 'stray':
        this.#options.log(`Unhandled rejection: ${message.text}`)
    }
  }

  async #perform(syscall: Extract<FromWorker, { type: 'syscall' | 'objectSyscall' }>): Promise<void> {
    const { call, id, operation } = syscall
    try {
      const syscalls = this.#calls.get(call)?.environment.syscalls
      if (syscalls === undefined) throw calledTooLate()
      const value =
        syscall.type === 'syscall'
          ? await syscalls.async(operation, syscall.argsJson)
          : await syscalls.object(operation, syscall.args)
      this.#post({ type: 'result', id, value })
    } catch (error) {
      this.#post({ type: 'failure', id, ...describeFailure(error) })
    }
  }

  #endCall(id: MessageId, outcome: EndedCall): void {
    const call = this.#calls.get(id)
    const body = 'response' in outcome ? outcome.response.body : null
    // Too late: nobody will read it.
    if (call === undefined) return body?.close()
    if (body === null) {
      this.#forget(id)
    } else {
      // A body that is still streaming may use `ctx`.
      this.#calls.set(id, { ...call, end: () => body.close() })
      body.once('close', () => this.#forget(id))
    }
    call.end(outcome)
  }

  #forget(id: MessageId): void {
    const { request = null } = this.#calls.get(id) ?? {}
    this.#calls.delete(id)
    if (request !== null) this.#post({ type: 'over', call: id })
  }

  #onExit(code: number): void {
    this.#stopHeartbeat()
    const reason = this.#reason ?? `its thread ended itself (process.exit, code ${code})`
    const outcome = { ok: false, errorMessage: `Transient error while executing action: ${reason}` } as const
    for (const call of this.#calls.keys()) this.#endCall(call, outcome)
    this.#gone.resolve(reason)
  }

  #beat(): void {
    if (this.#calls.size > 0) this.#ping()
    else {
      this.#stopHeartbeat()
      if (this.#isRetired) void this.end(retired)
    }
  }

  #stopHeartbeat(): void {
    if (this.#heartbeat !== null) clearInterval(this.#heartbeat)
    this.#heartbeat = null
  }

  #ping(): void {
    if (this.#pingedAt !== null) return
    this.#pingedAt = performance.now()
    this.#post({ type: 'ping' })
  }

  /** An action that has gone over its time may be in a loop that nothing else ends. */
  #demandAnswer(): void {
    const answers = this.#answers
    this.#ping()
    setTimeout(() => {
      if (this.#answers === answers) void this.end('another action blocked its thread, which was ended')
    }, silentForMs)
  }

  #post(message: ToWorker, transferred: readonly MessagePort[] = []): void {
    this.#worker.postMessage(message, transferred)
  }
}

/** What `performAsyncSyscall` of `convex/server` makes an error of again. */
function describeFailure(error: unknown): { readonly message: string; readonly data?: JSONValue } {
  if (!(error instanceof Error)) return { message: String(error) }
  const data = 'data' in error ? (error.data as JSONValue | undefined) : undefined
  return { message: error.message, ...(data !== undefined && { data }) }
}

function describeDeath(error: unknown): string {
  if (!(error instanceof Error)) return `its thread was ended by an uncaught ${String(error)}`
  if ('code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY') return 'its thread ran out of memory'
  return `its thread was ended by an uncaught ${error.name}: ${error.message}`
}
