import type { Actions } from './actions.ts'
import { Alarm } from './alarm.ts'
import { cronTitle, type CronDefinition, type CronIdentity } from './cron-definitions.ts'
import {
  applyCrons,
  cronKey,
  listCrons,
  moveCron,
  recordRun,
  type CronRow,
  type CronRun,
  type CronRunStatus,
} from './cron-rows.ts'
import { followingRun } from './cron-schedule.ts'
import { systemPath } from './function-path.ts'
import { setTimeout } from './real-timers.ts'
import type { Runtime } from './runtime.ts'
import { attempt, systemWrite } from './system-write.ts'
import type { TransactionCall } from './transaction-call.ts'

/** Before a run is tried again whose end could not be written (a full disk). */
const retryMs = 1_000

/**
 * Runs the crons of the app and its components. Of one cron never two runs go on at once: the next one is set when a
 * run has ended, and times that have passed until then, or while no engine ran, are left out but for one run. Mutations
 * run exactly once and actions at most once, as scheduled functions do.
 */
export class Crons {
  readonly #runtime: Runtime
  readonly #actions: Actions
  #definitions: ReadonlyMap<string, CronDefinition>
  readonly #alarm = new Alarm(() => this.#startDue())
  readonly #running = new Set<string>()
  #isStopped = false

  constructor(runtime: Runtime, actions: Actions, definitions: readonly CronDefinition[]) {
    this.#runtime = runtime
    this.#actions = actions
    this.#definitions = byKey(definitions)
  }

  /** Takes over what every `crons.ts` says now, then runs what is due. */
  async start(): Promise<void> {
    await systemWrite(this.#runtime, 'crons:apply', (running) => {
      const { added, changed, removed } = applyCrons(running, [...this.#definitions.values()], Date.now())
      if (added + changed + removed > 0) {
        this.#runtime.parts.log(`Crons: ${added} added, ${changed} changed, ${removed} removed`)
      }
    })
    this.#alarm.wake()
  }

  /** Goes on with other crons. What is running goes on. */
  async exchange(definitions: readonly CronDefinition[]): Promise<void> {
    this.#definitions = byKey(definitions)
    await this.start()
  }

  /** Starts nothing more. What is running goes on. */
  stop(): void {
    this.#isStopped = true
    this.#alarm.stop()
  }

  get running(): number {
    return this.#running.size
  }

  #startDue(): void {
    const nowMs = Date.now()
    const waiting = listCrons(this.#runtime.parts.database.begin()).filter((row) => !this.#running.has(cronKey(row)))
    for (const row of waiting) if (row.nextTs <= nowMs) this.#start(row)
    const times = waiting.map(({ nextTs }) => nextTs).filter((nextTs) => nextTs > nowMs)
    this.#alarm.set(times.length === 0 ? null : Math.min(...times))
  }

  #start(row: CronRow): void {
    const key = cronKey(row)
    const definition = this.#definitions.get(key)
    if (definition === undefined) return
    this.#running.add(key)
    void this.#run(definition, row)
      .catch(async (error: unknown) => {
        this.#runtime.parts.log(`${cronTitle(row)} could not be run: ${String(error)}`)
        await new Promise((resolve) => setTimeout(resolve, retryMs))
      })
      .finally(() => {
        this.#running.delete(key)
        this.#alarm.wake()
      })
  }

  async #run(definition: CronDefinition, row: CronRow): Promise<void> {
    if (row.isInProgress) {
      // The process, or the disk, failed under it. Whether it had an effect is not known: it is not run again.
      await this.#end(definition, row, { kind: 'err', error: 'Transient error while executing action' }, 0)
    } else if (definition.function.kind === 'mutation') {
      await this.#runMutation(definition, row)
    } else {
      await this.#runAction(definition, row)
    }
  }

  async #runMutation(definition: CronDefinition, row: CronRow): Promise<void> {
    const beganAt = performance.now()
    let end: End | null = null
    const { outcome } = await this.#runtime.write(definition.function.path, async (running) => {
      const outcome = await this.#runtime.callInside(running, definition.function, definition.args)
      if (!outcome.ok) return outcome
      return attempt(() => (end = this.#writeEnd(running, definition, row, { kind: 'success' }, beganAt)))
    })
    if (outcome.ok) return this.#tellSkipped(definition, end)
    // The store refused what had succeeded: it is run again.
    if (end !== null) throw new Error(outcome.errorMessage)
    // In a transaction of its own: one that went over its limits, or over its time, can write nothing more.
    await this.#end(definition, row, { kind: 'err', error: outcome.errorMessage }, beganAt)
  }

  async #runAction(definition: CronDefinition, row: CronRow): Promise<void> {
    const beganAt = performance.now()
    await systemWrite(this.#runtime, 'crons:begin', (running) => moveCron(running, row, { isInProgress: true }))
    const { path } = definition.function
    const outcome = await this.#actions.run({ path, args: definition.args, identity: null, allowInternal: true })
    if (this.#isStopped && !outcome.ok) return
    const status: CronRunStatus = outcome.ok ? { kind: 'success' } : { kind: 'err', error: outcome.errorMessage }
    await this.#end(definition, row, status, beganAt)
  }

  async #end(definition: CronDefinition, row: CronRow, status: CronRunStatus, beganAt: number): Promise<void> {
    let end: End | null = null
    await systemWrite(this.#runtime, 'crons:end', (running) => {
      end = this.#writeEnd(running, definition, row, status, beganAt)
    })
    this.#tellSkipped(definition, end)
  }

  #writeEnd(
    running: TransactionCall,
    { component, name, schedule, function: { path } }: CronDefinition,
    { nextTs: ts }: CronRow,
    status: CronRunStatus,
    beganAt: number,
  ): End {
    const { nextMs, skippedFromMs } = followingRun(name, schedule, ts, Date.now())
    const executionTime = (performance.now() - beganAt) / 1_000
    const run: CronRun = { component, name, ts, udfPath: systemPath(path), status, executionTime }
    recordRun(running, run)
    if (skippedFromMs !== null) {
      recordRun(running, { ...run, ts: skippedFromMs, status: { kind: 'canceled' }, executionTime: 0 })
    }
    moveCron(running, run, { nextTs: nextMs, isInProgress: false })
    return { nextMs, skippedFromMs }
  }

  #tellSkipped(cron: CronIdentity, end: End | null): void {
    if (end === null || end.skippedFromMs === null) return
    const [from, next] = [end.skippedFromMs, end.nextMs].map((ms) => new Date(ms).toISOString())
    this.#runtime.parts.log(
      `${cronTitle(cron)} missed its runs since ${from ?? ''}. They are left out; the next one is at ${next ?? ''}.`,
    )
  }
}

type End = ReturnType<typeof followingRun>

function byKey(definitions: readonly CronDefinition[]): ReadonlyMap<string, CronDefinition> {
  return new Map(definitions.map((definition) => [cronKey(definition), definition]))
}
