import type { Infer } from 'convex/values'
import { internal } from '../_generated/api.js'
import type { Doc, Id } from '../_generated/dataModel.js'
import type { MutationCtx, QueryCtx } from '../_generated/server.js'
import type { verdict } from '../validators.ts'
import { BATCH, CHUNK_KEEP_MS, WINDOW_LENGTH } from './limits.ts'
import { ownGeneration } from './ownership.ts'

export async function readWindow(
  ctx: QueryCtx,
  userId: Id<'users'> | null,
  { generationId, attempt, from }: { generationId: Id<'generations'>; attempt: number; from: number },
): Promise<{ seq: number; text: string }[]> {
  // Reads the generation only while nothing of it changes with a token: its row is patched at start, stop and finish.
  await ownGeneration(ctx, userId, generationId)
  const rows = await ctx.db
    .query('chunks')
    .withIndex('by_generation_attempt_seq', (q) =>
      q.eq('generationId', generationId).eq('attempt', attempt).gte('seq', from),
    )
    .take(WINDOW_LENGTH)
  return rows.map(({ seq, text }) => ({ seq, text }))
}

export type Verdict = Infer<typeof verdict>

/**
 * Stores the next chunk of an attempt. A repeat of a stored one is a success; a gap is a defect of the writer and
 * throws. It runs ten times a second for every answer that streams, so it reads two documents and no more.
 */
export async function appendChunk(
  ctx: MutationCtx,
  chunk: { generationId: Id<'generations'>; attempt: number; seq: number; text: string },
): Promise<Verdict> {
  const generation = await liveGeneration(ctx, chunk.generationId, chunk.attempt)
  if (!generation) return 'gone'
  const last = await lastChunk(ctx, chunk)
  const next = last ? last.seq + 1 : generation.fromSeq
  if (chunk.seq > next) throw new Error(`chunk ${chunk.seq} arrived before chunk ${next}`)
  if (chunk.seq === next) await ctx.db.insert('chunks', chunk)
  return generation.stopRequested ? 'stop' : 'go'
}

/** The generation, if this attempt of it is the one that may write. */
export async function liveGeneration(
  ctx: QueryCtx,
  id: Id<'generations'>,
  attempt: number,
): Promise<Doc<'generations'> | null> {
  const generation = await ctx.db.get('generations', id)
  return generation?.status === 'generating' && generation.attempt === attempt ? generation : null
}

/** What the attempt wrote, and its last `seq`. */
export async function readAttempt(
  ctx: QueryCtx,
  { _id, attempt }: Doc<'generations'>,
): Promise<{ text: string; lastSeq: number | null }> {
  const texts: string[] = []
  let lastSeq: number | null = null
  const rows = ctx.db
    .query('chunks')
    .withIndex('by_generation_attempt_seq', (q) => q.eq('generationId', _id).eq('attempt', attempt))
  for await (const row of rows) {
    texts.push(row.text)
    lastSeq = row.seq
  }
  return { text: texts.join(''), lastSeq }
}

/** Chunk rows outlive their answer for a while, since a panel may still be reading them. */
export async function scheduleSweep(ctx: MutationCtx, generationId: Id<'generations'>, attempt: number): Promise<void> {
  await ctx.scheduler.runAfter(CHUNK_KEEP_MS, internal.chunks.sweep, { generationId, attempt })
}

export async function sweepAttempt(ctx: MutationCtx, generationId: Id<'generations'>, attempt: number): Promise<void> {
  const rows = await ctx.db
    .query('chunks')
    .withIndex('by_generation_attempt_seq', (q) => q.eq('generationId', generationId).eq('attempt', attempt))
    .take(BATCH)
  for (const row of rows) await ctx.db.delete('chunks', row._id)
  if (rows.length === BATCH) await ctx.scheduler.runAfter(0, internal.chunks.sweep, { generationId, attempt })
}

/** The latest chunk of an attempt. */
export async function lastChunk(
  ctx: QueryCtx,
  { generationId, attempt }: { generationId: Id<'generations'>; attempt: number },
): Promise<Doc<'chunks'> | null> {
  return await ctx.db
    .query('chunks')
    .withIndex('by_generation_attempt_seq', (q) => q.eq('generationId', generationId).eq('attempt', attempt))
    .order('desc')
    .first()
}

/** Deletes the rows of every attempt, a batch at a time. */
export async function sweepGeneration(ctx: MutationCtx, generationId: Id<'generations'>): Promise<void> {
  const rows = await ctx.db
    .query('chunks')
    .withIndex('by_generation_attempt_seq', (q) => q.eq('generationId', generationId))
    .take(BATCH)
  for (const row of rows) await ctx.db.delete('chunks', row._id)
  if (rows.length === BATCH) await ctx.scheduler.runAfter(0, internal.chunks.sweepAll, { generationId })
}
