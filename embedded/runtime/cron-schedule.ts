import { createHash } from 'node:crypto'
import { Cron } from 'croner'
import { z } from 'zod'

const days = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const
const minuteUTC = z.int().min(0).max(59).optional()
const hourUTC = z.int().min(0).max(23)

/** A schedule as `cronJobs()` exports it. */
export const cronSchedule = z.union([
  z.strictObject({ type: z.literal('interval'), seconds: z.int().positive() }),
  z.strictObject({ type: z.literal('interval'), minutes: z.int().positive() }),
  z.strictObject({ type: z.literal('interval'), hours: z.int().positive() }),
  z.strictObject({ type: z.literal('hourly'), minuteUTC }),
  z.strictObject({ type: z.literal('daily'), hourUTC, minuteUTC }),
  z.strictObject({ type: z.literal('weekly'), dayOfWeek: z.enum(days), hourUTC, minuteUTC }),
  z.strictObject({ type: z.literal('monthly'), day: z.int().min(1).max(31), hourUTC, minuteUTC }),
  z.strictObject({ type: z.literal('cron'), cron: z.string() }),
])

export type CronSchedule = z.infer<typeof cronSchedule>

/** Times are milliseconds since the epoch. */
export interface NextRun {
  readonly nextMs: number
  /** When the first of the runs was due that are left out because their time has passed; null when none is. */
  readonly skippedFromMs: number | null
}

/** The first run of a cron that is new or has another schedule: of an interval at once, else at its next time. */
export function firstRun(name: string, schedule: CronSchedule, nowMs: number): number {
  return schedule.type === 'interval' ? nowMs : timeAfter(name, schedule, nowMs)
}

/** The run that follows one that was due at `dueMs` and has ended now. It never lies in the past. */
export function followingRun(name: string, schedule: CronSchedule, dueMs: number, nowMs: number): NextRun {
  if (schedule.type === 'interval') return followingInterval(periodMs(schedule), dueMs, nowMs)
  const first = timeAfter(name, schedule, dueMs)
  const nextMs = first >= nowMs ? first : timeAfter(name, schedule, nowMs)
  return { nextMs, skippedFromMs: nextMs > first ? first : null }
}

/** Why the schedule never comes or cannot be read; null when it is in order. */
export function findScheduleFault(name: string, schedule: CronSchedule): string | null {
  try {
    firstRun(name, schedule, Date.now())
    return null
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

type Interval = Extract<CronSchedule, { type: 'interval' }>
type CalendarSchedule = Exclude<CronSchedule, Interval>

function periodMs(schedule: Interval): number {
  if ('seconds' in schedule) return schedule.seconds * 1_000
  return 'minutes' in schedule ? schedule.minutes * 60_000 : schedule.hours * 3_600_000
}

function followingInterval(period: number, dueMs: number, nowMs: number): NextRun {
  const first = dueMs + period
  const missed = Math.max(0, Math.ceil((nowMs - first) / period))
  return { nextMs: first + missed * period, skippedFromMs: missed > 0 ? first : null }
}

function timeAfter(name: string, schedule: CalendarSchedule, ms: number): number {
  const next = new Cron(toPattern(name, schedule), { timezone: 'UTC', mode: '5-part' }).nextRun(new Date(ms))
  if (next === null) throw new Error('it never comes')
  return next.getTime()
}

/** Five fields in UTC: minute, hour, day of the month, month, day of the week. */
function toPattern(name: string, schedule: CalendarSchedule): string {
  if (schedule.type === 'cron') return fiveFields(schedule.cron)
  const minute = schedule.minuteUTC ?? ownMinute(name)
  switch (schedule.type) {
    case 'hourly':
      return `${minute} * * * *`
    case 'daily':
      return `${minute} ${schedule.hourUTC} * * *`
    case 'weekly':
      return `${minute} ${schedule.hourUTC} * * ${days.indexOf(schedule.dayOfWeek)}`
    case 'monthly':
      return `${minute} ${schedule.hourUTC} ${schedule.day} * *`
  }
}

/** What only some readers of cron syntax know is refused, so that it does not fail on Convex first. */
function fiveFields(text: string): string {
  if (text.trim().split(/\s+/).length !== 5) throw new Error('it must have five fields, such as "15 7 * * *"')
  if (/[@?+]/.test(text)) throw new Error('it has a sign that cron syntax does not know')
  return text.trim()
}

/** A cron without a minute gets one that is always its own, so that they do not all run at the full hour. */
function ownMinute(name: string): number {
  return createHash('sha256').update(name).digest().readUInt32BE() % 60
}
