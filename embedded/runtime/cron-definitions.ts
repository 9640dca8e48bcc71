import type { JSONValue } from 'convex/values'
import { z } from 'zod'
import { isJsonObject } from '../values/json-object.ts'
import { cronSchedule, findScheduleFault, type CronSchedule } from './cron-schedule.ts'
import { pathIn } from './function-path.ts'
import type { FunctionDefinition, FunctionRegistry } from './function-registry.ts'
import type { Modules } from './import-modules.ts'

/** A cron is known by these from one version of the app to the next. */
export interface CronIdentity {
  /** The path of the component whose `crons.ts` names it; empty for the app. */
  readonly component: string
  readonly name: string
}

/** A cron of a `crons.ts`. */
export interface CronDefinition extends CronIdentity {
  readonly function: FunctionDefinition
  readonly args: JSONValue
  readonly schedule: CronSchedule
}

const exported = z.record(
  z.string(),
  z.object({ name: z.string(), args: z.tuple([z.record(z.string(), z.json())]), schedule: z.unknown() }),
)

/** What each `crons.ts` exports. Throws one sentence about the first cron that cannot run. */
export function readCrons(
  components: Iterable<{ readonly path: string; readonly modules: Modules }>,
  registry: FunctionRegistry,
): CronDefinition[] {
  return [...components].flatMap(({ path: component, modules }) => {
    const module = modules.get('crons')
    if (module === undefined) return []
    return Object.entries(exported.parse(JSON.parse(exportOf(module['default'])))).map(([name, cron]) => ({
      component,
      name,
      function: findFunction({ component, name }, cron.name, registry),
      args: cron.args[0],
      schedule: readSchedule({ component, name }, cron.schedule),
    }))
  })
}

/** How a cron is called in sentences. */
export function cronTitle({ component, name }: CronIdentity): string {
  return `The cron job '${name}'${component === '' ? '' : ` of the component '${component}'`}`
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

function findFunction(cron: CronIdentity, path: string, registry: FunctionRegistry): FunctionDefinition {
  const found = registry.findAny(pathIn(cron.component, path))
  if (found === undefined) throw new Error(`${cronTitle(cron)} schedules a function that does not exist: ${path}`)
  if (found.kind === 'query') {
    throw new Error(
      `${cronTitle(cron)} schedules a query function, only actions and mutations can be scheduled: ${path}`,
    )
  }
  return found
}

function readSchedule(cron: CronIdentity, json: unknown): CronSchedule {
  const schedule = cronSchedule.safeParse(json)
  const fault = schedule.success ? findScheduleFault(cron.name, schedule.data) : 'it is of no known kind'
  if (!schedule.success || fault !== null) {
    const shown = isJsonObject(json) && typeof json['cron'] === 'string' ? json['cron'] : JSON.stringify(json)
    throw new Error(`${cronTitle(cron)} has a schedule that cannot be kept: "${shown}": ${fault}.`)
  }
  return schedule.data
}
