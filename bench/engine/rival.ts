import { convexTest } from 'convex-test'
import { marks } from './project-functions.ts'
import schema from './project/convex/schema.ts'

const modules = {
  // Its folder is how convex-test finds the others.
  './convex/_generated/api.js': async () => await Promise.resolve({}),
  './convex/marks.ts': async () => await import('./project/convex/marks.ts'),
}

export type Rival = ReturnType<typeof openRival>

/** The same functions in convex-test: in this process, without a wire, without a disk. */
export function openRival() {
  return convexTest(schema, modules)
}

const batch = 1_000

export async function fillRival(rival: Rival, shelf: string, count: number): Promise<void> {
  for (let from = 0; from < count; from += batch) {
    await rival.mutation(marks.fill, { shelf, from, count: Math.min(batch, count - from) })
  }
}
