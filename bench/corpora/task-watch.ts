import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { z } from 'zod'

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

/**
 * Runs in the page: messages to itself go to and fro without a pause, and tell how long they were kept waiting. The
 * browser's own list of long tasks leaves out those that an extension or a test begins.
 */
const startWatch = `(() => {
  const { port1, port2 } = new MessageChannel()
  const watch = { longest: 0, last: performance.now() }
  port1.onmessage = () => {
    const now = performance.now()
    watch.longest = Math.max(watch.longest, now - watch.last)
    watch.last = now
    port2.postMessage(null)
  }
  window[Symbol.for('task-watch')] = watch
  port2.postMessage(null)
})()`

/** Runs in the page, and waits for the message that the last task kept waiting. */
const longestSoFar = `new Promise((resolve) => setTimeout(resolve, 20)).then(() => window[Symbol.for('task-watch')].longest)`
