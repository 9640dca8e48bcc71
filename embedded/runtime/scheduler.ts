import type { Actions } from './actions.ts'
import type { HostOutcome } from './function-host.ts'
import { describeThrown } from './function-error.ts'
import { jobsInState, jobsTable, moveJob, readJob, removeJobsEndedBefore, type Job, type JobState } from './jobs.ts'
import { clearTimeout, setImmediate, setTimeout } from './real-timers.ts'
import type { Runtime } from './runtime.ts'
import type { TransactionCall } from './transaction-call.ts'

const longestTimerMs = 2 ** 31 - 1
const dayMs = 24 * 60 * 60 * 1000
const keptMs = 7 * dayMs
const cleanupBatch = 100
/** Before a job is tried again whose state could not be written (a full disk). */
const retryMs = 1_000

/**
 * Runs what `ctx.scheduler` has put down. Mutations run exactly once: the job's end is committed with their writes.
 * Actions run at most once: they are marked before they begin, and one found marked at start has been interrupted.
 */
export class Scheduler {
  readonly #runtime: Runtime
  readonly #actions: Actions
  readonly #parallelJobs: number
  readonly #running = new Map<string, Promise<void>>()
  #timer: ReturnType<typeof setTimeout> | undefined
  #cleanup: ReturnType<typeof setTimeout> | undefined
  #isWoken = false
  #isStopped = false

  constructor(runtime: Runtime, actions: Actions, parallelJobs: number) {
    this.#runtime = runtime
    this.#actions = actions
    this.#parallelJobs = parallelJobs
  }

  /** Ends the actions that a dead process left, then runs what is due. */
  async start(): Promise<void> {
    await this.#failInterrupted()
    this.#runtime.parts.database.onCommit((_commit, written) => {
      if (written.some(({ table }) => table === jobsTable)) this.#wake()
    })
    this.#wake()
    this.#cleanUpLater(0)
  }

  /** Starts nothing more. What is running goes on. */
  stop(): void {
    this.#isStopped = true
    clearTimeout(this.#timer)
    clearTimeout(this.#cleanup)
  }

  get running(): number {
    return this.#running.size
  }

  #wake(): void {
    if (this.#isWoken || this.#isStopped) return
    this.#isWoken = true
    setImmediate(() => {
      this.#isWoken = false
      if (!this.#isStopped) this.#startDue()
    })
  }

  #startDue(): void {
    const nowMs = Date.now()
    const due = this.#read((transaction) => {
      const limit = this.#parallelJobs + this.#running.size
      return jobsInState(transaction, 'pending', { dueBy: nowMs, limit })
    })
    for (const job of due) {
      if (this.#running.size >= this.#parallelJobs) return
      if (!this.#running.has(job.id)) this.#start(job)
    }
    this.#sleepUntilNext()
  }

  #sleepUntilNext(): void {
    clearTimeout(this.#timer)
    const pending = this.#read((transaction) => jobsInState(transaction, 'pending', { limit: this.#running.size + 1 }))
    const next = pending.find(({ id }) => !this.#running.has(id))
    if (next === undefined) return
    const delayMs = Math.min(Math.max(0, next.scheduledTime - Date.now()), longestTimerMs)
    this.#timer = setTimeout(() => this.#wake(), delayMs)
  }

  #start(job: Job): void {
    const run = this.#run(job)
      .catch(async (error: unknown) => {
        this.#runtime.parts.log(`Scheduled ${job.path} could not be run: ${String(error)}`)
        await new Promise((resolve) => setTimeout(resolve, retryMs))
      })
      .finally(() => {
        this.#running.delete(job.id)
        this.#wake()
      })
    this.#running.set(job.id, run)
  }

  async #run(job: Job): Promise<void> {
    const definition = this.#runtime.parts.registry.findAny(job.path)
    if (definition?.kind === 'mutation') await this.#runMutation(job)
    else if (definition?.kind === 'action') await this.#runAction(job)
    else await this.#move(job, { kind: 'failed', error: `Could not find function for '${job.path}'` })
  }

  async #runMutation(job: Job): Promise<void> {
    const definition = this.#runtime.parts.registry.find(job.path, 'mutation', true)
    let isDone = false
    const { outcome } = await this.#runtime.write(
      job.path,
      async (running) => {
        if (readJob(running.transaction, job.id)?.state.kind !== 'pending') {
          isDone = true
          return done
        }
        const move = (state: JobState) => moveJob(running.transaction, running.writes, job.id, state, Date.now())
        move({ kind: 'inProgress' })
        const outcome = await this.#runtime.callInside(running, definition, job.args)
        if (!outcome.ok) return outcome
        move({ kind: 'success' })
        isDone = true
        return done
      },
      job.id,
    )
    if (outcome.ok) return
    // The store refused what had succeeded: it is run again.
    if (isDone) throw new Error(outcome.errorMessage)
    // In a transaction of its own: one that went over its limits, or over its time, can write nothing more.
    await this.#move(job, { kind: 'failed', error: outcome.errorMessage })
  }

  async #runAction(job: Job): Promise<void> {
    if (!(await this.#move(job, { kind: 'inProgress' }))) return
    const call = { path: job.path, args: job.args, identity: null, allowInternal: true }
    const outcome = await this.#actions.run(call, job.id)
    if (this.#isStopped && !outcome.ok) return
    await this.#move(job, outcome.ok ? { kind: 'success' } : { kind: 'failed', error: outcome.errorMessage })
  }

  async #move(job: Job, state: JobState): Promise<boolean> {
    let isMoved = false
    await this.#write(job, (running) => {
      const current = readJob(running.transaction, job.id)?.state.kind
      if (state.kind === 'inProgress' && current !== 'pending') return Promise.resolve()
      isMoved = moveJob(running.transaction, running.writes, job.id, state, Date.now())
      return Promise.resolve()
    })
    return isMoved
  }

  async #failInterrupted(): Promise<void> {
    const interrupted = this.#read((transaction) => jobsInState(transaction, 'inProgress', { limit: Infinity }))
    for (const job of interrupted) {
      await this.#move(job, { kind: 'failed', error: 'Transient error while executing action' })
    }
  }

  #cleanUpLater(delayMs: number): void {
    this.#cleanup = setTimeout(() => {
      this.#cleanUp().catch((error: unknown) => this.#runtime.parts.log(`Old jobs stay: ${String(error)}`))
    }, delayMs)
    this.#cleanup.unref()
  }

  async #cleanUp(): Promise<void> {
    let removed = 0
    await this.#runtime.write('scheduler:cleanUp', (running) => {
      removed = removeJobsEndedBefore(running.transaction, Date.now() - keptMs, cleanupBatch)
      return Promise.resolve(done)
    })
    if (!this.#isStopped) this.#cleanUpLater(removed === cleanupBatch ? 0 : dayMs)
  }

  async #write(job: Job, work: (running: TransactionCall) => Promise<void>): Promise<void> {
    const { outcome } = await this.#runtime.write(
      'scheduler:move',
      async (running) => {
        try {
          await work(running)
          return done
        } catch (error) {
          return describeThrown(error)
        }
      },
      job.id,
    )
    if (!outcome.ok) throw new Error(outcome.errorMessage)
  }

  #read<Result>(work: (transaction: ReturnType<Runtime['parts']['database']['begin']>) => Result): Result {
    return work(this.#runtime.parts.database.begin())
  }
}

const done: HostOutcome = { ok: true, value: 'null' }
