import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { z } from 'zod'
import { taskTicker } from '../task-ticker.ts'

/** How long a page is watched before it is read, to know what its own tasks take. */
const IDLE_MS = 150
/** A page whose own tasks take longer is not at rest. */
const RESTLESS_MS = 50

export interface TaskWatch {
  /** Milliseconds of the longest task of the page's thread since the watch began. */
  longest(): Promise<number>
}

/** Watches the thread of a page that is at rest. `undefined` for one that is not, whose tasks would say nothing of ours. */
export async function watchTasks(page: Page): Promise<TaskWatch | undefined> {
  await page.evaluate(startWatch)
  await sleep(IDLE_MS)
  const longest = async (): Promise<number> => z.number().parse(await page.evaluate(longestSoFar))
  return (await longest()) < RESTLESS_MS ? { longest } : undefined
}

const key = `Symbol.for('task-watch')`

/** Both run in the page. */
const startWatch = `void (window[${key}] = ${taskTicker})`
const longestSoFar = `window[${key}].next().then(() => window[${key}].longest)`
