import type { JSONValue } from 'convex/values'
import { z } from 'zod'
import { isJsonObject } from '../values/json-object.ts'
import { cronSchedule, findScheduleFault, type CronSchedule } from './cron-schedule.ts'
import type { FunctionDefinition, FunctionRegistry } from './function-registry.ts'

/** A cron of `crons.ts`. Its name is its identity from one version of the app to the next. */
export interface CronDefinition {
  readonly name: string
  readonly function: FunctionDefinition
  readonly args: JSONValue
  readonly schedule: CronSchedule
}

const exported = z.record(
  z.string(),
  z.object({ name: z.string(), args: z.tuple([z.record(z.string(), z.json())]), schedule: z.unknown() }),
)

/** What `crons.ts` exports. Throws one sentence about the first cron that cannot run. */
export function readCrons(
  module: Readonly<Record<string, unknown>> | undefined,
  registry: FunctionRegistry,
): CronDefinition[] {
  if (module === undefined) return []
  return Object.entries(exported.parse(JSON.parse(exportOf(module['default'])))).map(([name, cron]) => ({
    name,
    function: findFunction(name, cron.name, registry),
    args: cron.args[0],
    schedule: readSchedule(name, cron.schedule),
  }))
}

function exportOf(crons: unknown): string {
  const exporter = isCrons(crons) ? crons.export : undefined
  const text: unknown = typeof exporter === 'function' ? Reflect.apply(exporter, crons, []) : undefined
  if (typeof text !== 'string') throw new Error('crons.ts must export what cronJobs() gave as default.')
  return text
}

function isCrons(value: unknown): value is { readonly isCrons: true; readonly export: unknown } {
  return typeof value === 'object' && value !== null && 'isCrons' in value && 'export' in value
}

function findFunction(name: string, path: string, registry: FunctionRegistry): FunctionDefinition {
  const found = registry.findAny(path)
  if (found === undefined) {
    throw new Error(`The cron job '${name}' schedules a function that does not exist: ${path}`)
  }
  if (found.kind === 'query') {
    throw new Error(
      `The cron job '${name}' schedules a query function, only actions and mutations can be scheduled: ${path}`,
    )
  }
  return found
}

function readSchedule(name: string, json: unknown): CronSchedule {
  const schedule = cronSchedule.safeParse(json)
  const fault = schedule.success ? findScheduleFault(name, schedule.data) : 'it is of no known kind'
  if (!schedule.success || fault !== null) {
    const shown = isJsonObject(json) && typeof json['cron'] === 'string' ? json['cron'] : JSON.stringify(json)
    throw new Error(`The cron job '${name}' has a schedule that cannot be kept: "${shown}": ${fault}.`)
  }
  return schedule.data
}
