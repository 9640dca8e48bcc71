import { expect, test } from 'vitest'
import { findScheduleFault, firstRun, followingRun, type CronSchedule } from './cron-schedule.ts'

const at = (time: string) => Date.parse(time)
const iso = (ms: number | null) => ms && new Date(ms).toISOString()
const daily: CronSchedule = { type: 'daily', hourUTC: 3, minuteUTC: 30 }

test.each<[CronSchedule, string, string]>([
  [{ type: 'interval', minutes: 5 }, '2026-03-01T10:00:00.250Z', '2026-03-01T10:00:00.250Z'],
  [{ type: 'hourly', minuteUTC: 17 }, '2026-03-01T10:17:00Z', '2026-03-01T11:17:00.000Z'],
  [daily, '2026-03-01T03:29:59.999Z', '2026-03-01T03:30:00.000Z'],
  [daily, '2026-03-01T03:30:00Z', '2026-03-02T03:30:00.000Z'],
  [{ type: 'weekly', dayOfWeek: 'sunday', hourUTC: 0, minuteUTC: 0 }, '2026-03-02T00:00Z', '2026-03-08T00:00:00.000Z'],
  [
    { type: 'weekly', dayOfWeek: 'saturday', hourUTC: 23, minuteUTC: 59 },
    '2026-03-01T00:00Z',
    '2026-03-07T23:59:00.000Z',
  ],
  [{ type: 'monthly', day: 31, hourUTC: 12, minuteUTC: 0 }, '2026-04-01T00:00Z', '2026-05-31T12:00:00.000Z'],
  [{ type: 'cron', cron: '*/15 8-10 * * 1-5' }, '2026-03-06T10:45:00Z', '2026-03-09T08:00:00.000Z'],
  [{ type: 'cron', cron: '0 0 13 * 5' }, '2026-03-07T00:00Z', '2026-03-13T00:00:00.000Z'],
  [{ type: 'cron', cron: '0 0 29 2 *' }, '2026-03-01T00:00Z', '2028-02-29T00:00:00.000Z'],
  [{ type: 'cron', cron: '0 9 * JAN MON' }, '2026-03-01T00:00Z', '2027-01-04T09:00:00.000Z'],
])('%j runs first after %s at %s', (schedule, now, first) => {
  expect(iso(firstRun('a', schedule, at(now)))).toBe(first)
})

test('either a day of the month or a day of the week is enough, as in every cron', () => {
  const schedule: CronSchedule = { type: 'cron', cron: '0 0 13 * 5' }
  const runs = [at('2026-03-01T00:00Z')]
  for (let run = 0; run < 3; run++) runs.push(firstRun('a', schedule, runs.at(-1) ?? 0))
  expect(runs.slice(1).map(iso)).toEqual([
    '2026-03-06T00:00:00.000Z',
    '2026-03-13T00:00:00.000Z',
    '2026-03-20T00:00:00.000Z',
  ])
})

test('a cron without a minute has one of its own, always the same', () => {
  const minutes = (name: string) => [
    new Date(firstRun(name, { type: 'hourly' }, at('2026-03-01T00:00Z'))).getUTCMinutes(),
    new Date(firstRun(name, { type: 'daily', hourUTC: 5 }, at('2026-07-01T00:00Z'))).getUTCMinutes(),
  ]
  const all = Array.from({ length: 50 }, (_, index) => minutes(`cron ${index}`))
  for (const [hourly, ofDay] of all) expect(ofDay).toBe(hourly)
  expect(new Set(all.map(([minute]) => minute)).size).toBeGreaterThan(10)
})

test.each<[string, CronSchedule, string, string, string, string | null]>([
  [
    'an interval counts from when the run was due, not from its end',
    { type: 'interval', seconds: 30 },
    '2026-03-01T10:00:00.500Z',
    '2026-03-01T10:00:12Z',
    '2026-03-01T10:00:30.500Z',
    null,
  ],
  [
    'an interval leaves out what has passed, and stays in step',
    { type: 'interval', hours: 1 },
    '2026-03-01T10:05:00Z',
    '2026-03-03T11:15:00Z',
    '2026-03-03T12:05:00.000Z',
    '2026-03-01T11:05:00.000Z',
  ],
  [
    'what is due this very moment is not left out',
    { type: 'interval', minutes: 1 },
    '2026-03-01T10:00:00Z',
    '2026-03-01T10:01:00Z',
    '2026-03-01T10:01:00.000Z',
    null,
  ],
  ['a run that ended in time', daily, '2026-03-01T03:30:00Z', '2026-03-01T03:31:00Z', '2026-03-02T03:30:00.000Z', null],
  [
    'days that have passed',
    daily,
    '2026-03-01T03:30:00Z',
    '2026-03-09T09:00:00Z',
    '2026-03-10T03:30:00.000Z',
    '2026-03-02T03:30:00.000Z',
  ],
  [
    'a clock that was set back does not bring the same run again',
    daily,
    '2026-03-01T03:30:00Z',
    '2026-03-01T03:10:00Z',
    '2026-03-02T03:30:00.000Z',
    null,
  ],
])('after a run: %s', (_name, schedule, due, now, next, skippedFrom) => {
  const { nextMs, skippedFromMs } = followingRun('a', schedule, at(due), at(now))
  expect([iso(nextMs), iso(skippedFromMs)]).toEqual([next, skippedFrom])
})

test('years of missed minutes take no time to leave out', () => {
  const { nextMs } = followingRun(
    'a',
    { type: 'cron', cron: '* * * * *' },
    at('2016-01-01T00:00Z'),
    at('2026-01-01T00:00:30Z'),
  )
  expect(iso(nextMs)).toBe('2026-01-01T00:01:00.000Z')
})

test.each([
  ['* * * *', 'it must have five fields, such as "15 7 * * *"'],
  ['0 * * * * *', 'it must have five fields, such as "15 7 * * *"'],
  ['@daily', 'it must have five fields, such as "15 7 * * *"'],
  ['61 * * * *', expect.stringContaining('61')],
  ['nonsense * * * *', expect.any(String)],
  ['? * * * *', 'it has a sign that cron syntax does not know'],
  ['0 0 30 2 *', 'it never comes'],
])('"%s" is no schedule', (cron, fault) => {
  expect(findScheduleFault('a', { type: 'cron', cron })).toEqual(fault)
})
