import type { Actions } from './actions.ts'
import { Alarm } from './alarm.ts'
import { jobsInState, jobsTable, moveJob, readJob, removeJobsEndedBefore, type Job, type JobState } from './jobs.ts'
import { clearTimeout, setTimeout } from './real-timers.ts'
import type { Runtime } from './runtime.ts'
import { attempt, systemWrite } from './system-write.ts'

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
  readonly #alarm = new Alarm(() => this.#startDue())
  #cleanup: ReturnType<typeof setTimeout> | undefined
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
      if (written.some(({ table }) => table === jobsTable)) this.#alarm.wake()
    })
    this.#alarm.wake()
    this.#cleanUpLater(0)
  }

  /** Starts nothing more. What is running goes on. */
  stop(): void {
    this.#isStopped = true
    this.#alarm.stop()
    clearTimeout(this.#cleanup)
  }

  get running(): number {
    return this.#running.size
  }

  #startDue(): void {
    // Whoever ends wakes the alarm.
    if (this.#running.size >= this.#parallelJobs) return
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

  /** Those that are about to run are still pending; they are few, so the first few tell when to wake. */
  #sleepUntilNext(): void {
    for (let limit = 4; ; limit *= 4) {
      const pending = this.#read((transaction) => jobsInState(transaction, 'pending', { limit }))
      const next = pending.find(({ id }) => !this.#running.has(id))
      if (next === undefined && pending.length === limit) continue
      this.#alarm.set(next?.scheduledTime ?? null)
      return
    }
  }

  #start(job: Job): void {
    const run = this.#run(job)
      .catch(async (error: unknown) => {
        this.#runtime.parts.log(`Scheduled ${job.path} could not be run: ${String(error)}`)
        await new Promise((resolve) => setTimeout(resolve, retryMs))
      })
      .finally(() => {
        this.#running.delete(job.id)
        this.#alarm.wake()
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
        const move = (state: JobState) => moveJob(running.transaction, running.writes, job.id, state, Date.now())
        if (readJob(running.transaction, job.id)?.state.kind === 'pending') {
          move({ kind: 'inProgress' })
          const outcome = await this.#runtime.callInside(running, definition, job.args)
          if (!outcome.ok) return outcome
        }
        return attempt(() => {
          move({ kind: 'success' })
          isDone = true
        })
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
    await systemWrite(this.#runtime, 'scheduler:move', ({ transaction, writes }) => {
      const current = readJob(transaction, job.id)?.state.kind
      if (state.kind === 'inProgress' && current !== 'pending') return
      isMoved = moveJob(transaction, writes, job.id, state, Date.now())
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
    await systemWrite(this.#runtime, 'scheduler:cleanUp', ({ transaction }) => {
      removed = removeJobsEndedBefore(transaction, Date.now() - keptMs, cleanupBatch)
    })
    if (!this.#isStopped) this.#cleanUpLater(removed === cleanupBatch ? 0 : dayMs)
  }

  #read<Result>(work: (transaction: ReturnType<Runtime['parts']['database']['begin']>) => Result): Result {
    return work(this.#runtime.parts.database.begin())
  }
}
