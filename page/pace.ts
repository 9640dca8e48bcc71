import { macrotask } from './macrotask.ts'

/** Milliseconds of work after which the page gets its turn. */
const slice = 40

/**
 * Cuts long work into tasks that a page does not notice. Call the function often: it returns a promise to wait for when
 * the page is due a turn, and nothing while work may go on, which is nearly always and then costs one look at the clock.
 */
export function pace(milliseconds = slice): () => Promise<void> | undefined {
  let end = performance.now() + milliseconds
  async function giveWay(): Promise<void> {
    await macrotask()
    end = performance.now() + milliseconds
  }
  return () => (performance.now() < end ? undefined : giveWay())
}
