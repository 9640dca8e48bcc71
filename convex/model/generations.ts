import type { Infer } from 'convex/values'
import type { Doc, Id } from '../_generated/dataModel.js'
import type { MutationCtx, QueryCtx } from '../_generated/server.js'
import type { progress } from '../validators.ts'
import { liveGeneration, readAttempt, scheduleSweep, type Verdict } from './chunks.ts'
import { scheduleRun } from './jobs.ts'
import { extendLease } from './leases.ts'
import { moveMessage } from './lifecycle.ts'
import { extendText } from './parts.ts'
import { recordSent, type SentContext } from './sent.ts'

export interface AttemptKey {
  readonly generationId: Id<'generations'>
  readonly attempt: number
}

export type Progress = Infer<typeof progress>

/** Marks an attempt as begun and records what of each page the model is given. False when it must not run. */
export async function startAttempt(
  ctx: MutationCtx,
  {
    generationId,
    attempt,
    sent,
    progress = { done: 0, total: 1 },
  }: AttemptKey & {
    sent: readonly SentContext[]
    progress?: Progress
  },
): Promise<boolean> {
  const current = await currentAttempt(ctx, { generationId, attempt })
  if (!current) return false
  const { generation, message } = current
  const started = await moveMessage(ctx, message, generation, 'start', {
    generation: {
      startedAt: generation.startedAt ?? Date.now(),
      progressDone: progress.done,
      progressTotal: progress.total,
    },
  })
  if (!started) return false
  await recordSent(ctx, message.parentId, sent)
  await extendLease(ctx, generationId)
  return true
}

/** Says that the action is alive while it has nothing to append. */
export async function beat(ctx: MutationCtx, { generationId, attempt }: AttemptKey): Promise<Verdict> {
  const generation = await liveGeneration(ctx, generationId, attempt)
  if (!generation) return 'gone'
  await extendLease(ctx, generationId)
  return generation.stopRequested ? 'stop' : 'go'
}

/**
 * Near the action limit: the text so far goes into the message, and a successor action goes on as the next attempt of
 * the same generation. False when the attempt may write no more.
 */
export async function handOver(ctx: MutationCtx, key: AttemptKey): Promise<boolean> {
  const generation = await liveGeneration(ctx, key.generationId, key.attempt)
  const message = generation && (await ctx.db.get('messages', generation.messageId))
  if (!generation || !message) return false
  const { text, lastSeq } = await readAttempt(ctx, generation)
  await ctx.db.patch('messages', message._id, await extendText(ctx, message, text))
  const attempt = generation.attempt + 1
  await ctx.db.patch('generations', generation._id, {
    attempt,
    fromSeq: (lastSeq ?? generation.fromSeq - 1) + 1,
    ...(lastSeq === null ? {} : { finalSeq: lastSeq }),
    jobId: await scheduleRun(ctx, generation._id, attempt),
  })
  if (lastSeq !== null) await scheduleSweep(ctx, generation._id, generation.attempt)
  return true
}

/** A generation and its message, if this attempt is the current one and has not ended. */
export async function currentAttempt(
  ctx: QueryCtx,
  { generationId, attempt }: AttemptKey,
): Promise<{ generation: Doc<'generations'>; message: Doc<'messages'> } | null> {
  const generation = await ctx.db.get('generations', generationId)
  if (!generation || generation.attempt !== attempt) return null
  if (generation.status !== 'pending' && generation.status !== 'generating') return null
  const message = await ctx.db.get('messages', generation.messageId)
  return message && message.generationId === generationId ? { generation, message } : null
}
