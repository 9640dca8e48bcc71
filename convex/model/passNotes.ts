import { type Infer, v } from 'convex/values'
import { internal } from '../_generated/api.js'
import type { Doc, Id } from '../_generated/dataModel.js'
import type { MutationCtx, QueryCtx } from '../_generated/server.js'
import { liveGeneration, type Verdict } from './chunks.ts'
import type { AttemptKey, Progress } from './generations.ts'
import { extendLease } from './leases.ts'
import { BATCH } from './limits.ts'
import { recordSent, type SentContext } from './sent.ts'
import { recordUsage, type ReportedUsage } from './usage.ts'

export const passNote = v.object({
  level: v.number(),
  order: v.number(),
  span: v.string(),
  text: v.string(),
  share: v.number(),
})
export type PassNote = Infer<typeof passNote>

/** Rows of one generation: its passes, and a few levels of notes put together. */
const MOST_NOTES = 500

export async function readPassNotes(ctx: QueryCtx, generationId: Id<'generations'>): Promise<PassNote[]> {
  const rows = await ctx.db
    .query('passNotes')
    .withIndex('by_generation_level_order', (q) => q.eq('generationId', generationId))
    .take(MOST_NOTES)
  return rows.map(({ level, order, span, text, share }) => ({ level, order, span, text, share }))
}

interface PassEnd {
  readonly note: PassNote
  readonly progress: Progress
  /** What has been sent so far, with what the next pass is about to send. */
  readonly sent: readonly SentContext[]
  readonly usage?: ReportedUsage | undefined
}

/** Keeps what a pass noted, and says how far the reading has come. */
export async function storePassNote(ctx: MutationCtx, key: AttemptKey, end: PassEnd): Promise<Verdict> {
  const { note, progress, sent, usage } = end
  const generation = await liveGeneration(ctx, key.generationId, key.attempt)
  const message = generation && (await ctx.db.get('messages', generation.messageId))
  if (!generation || !message) return 'gone'
  const earlier = await ctx.db
    .query('passNotes')
    .withIndex('by_generation_level_order', (q) =>
      q.eq('generationId', generation._id).eq('level', note.level).eq('order', note.order),
    )
    .unique()
  if (earlier) await ctx.db.replace('passNotes', earlier._id, { generationId: generation._id, ...note })
  else await ctx.db.insert('passNotes', { generationId: generation._id, ...note })
  await ctx.db.patch('generations', generation._id, { progressDone: progress.done, progressTotal: progress.total })
  await recordSent(ctx, message.parentId, sent)
  await recordUsage(ctx, message, note.text, usage, 'pass')
  await extendLease(ctx, generation._id)
  return generation.stopRequested ? 'stop' : 'go'
}

/** Once an answer is complete, asked for anew or removed, nothing goes on from its notes. */
export async function scheduleNotesSweep(
  ctx: MutationCtx,
  { _id, progressTotal }: Pick<Doc<'generations'>, '_id' | 'progressTotal'>,
): Promise<void> {
  if (progressTotal > 1) await ctx.scheduler.runAfter(0, internal.passNotes.sweep, { generationId: _id })
}

export async function sweepNotes(ctx: MutationCtx, generationId: Id<'generations'>): Promise<void> {
  const rows = await ctx.db
    .query('passNotes')
    .withIndex('by_generation_level_order', (q) => q.eq('generationId', generationId))
    .take(BATCH)
  for (const row of rows) await ctx.db.delete('passNotes', row._id)
  if (rows.length === BATCH) await ctx.scheduler.runAfter(0, internal.passNotes.sweep, { generationId })
}
