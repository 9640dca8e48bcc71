import type { Doc, Id } from '../_generated/dataModel.js'
import type { MutationCtx } from '../_generated/server.js'
import { chosenModel } from './chosenModel.ts'
import { removeCitations } from './citations.ts'
import { requireIdle } from './conversations.ts'
import { fail } from './failure.ts'
import { endGeneration } from './finish.ts'
import { jobState, schedulePageWatch, scheduleRun } from './jobs.ts'
import { leaseEnd } from './leases.ts'
import { isTerminal, moveMessage } from './lifecycle.ts'
import { ownMessage } from './ownership.ts'
import { removeParts } from './parts.ts'
import { scheduleNotesSweep } from './passNotes.ts'
import { requireSendAllowance } from './rateLimit.ts'
import { insertGeneration } from './send.ts'
import { pagesReady } from './waiting.ts'

export async function stopReply(ctx: MutationCtx, userId: Id<'users'>, messageId: Id<'messages'>): Promise<null> {
  const { message, generation } = await ownReply(ctx, userId, messageId)
  if (isTerminal(message.status) || !generation) return null
  // Nobody is there to see the request: not started, or the action is gone.
  const running = message.status === 'generating' && (await jobState(ctx, generation)) === 'running'
  const alive = running && (await leaseEnd(ctx, generation)) > Date.now()
  if (!alive) await endGeneration(ctx, generation, { kind: 'stop' })
  else if (!generation.stopRequested) await ctx.db.patch('generations', generation._id, { stopRequested: true })
  return null
}

export async function retryReply(
  ctx: MutationCtx,
  userId: Id<'users'>,
  messageId: Id<'messages'>,
  { modelId, withRest }: { modelId?: string | undefined; withRest?: boolean | undefined },
): Promise<{ generationId: Id<'generations'> }> {
  const { message, generation: before, questionId } = await ownReply(ctx, userId, messageId)
  await requireIdle(ctx, message.conversationId)
  await requireSendAllowance(ctx, userId)
  await removeParts(ctx, message._id)
  await removeCitations(ctx, message._id)
  if (before) await scheduleNotesSweep(ctx, before)
  const generationId = await insertGeneration(ctx, {
    messageId: message._id,
    userId,
    conversationId: message.conversationId,
    questionId,
    withRest: withRest ?? before?.withRest ?? false,
  })
  const generation = await ctx.db.get('generations', generationId)
  if (!generation) throw new Error('a generation vanished inside the transaction that wrote it')
  const moved = await moveMessage(ctx, message, generation, 'retry', {
    message: {
      generationId,
      content: '',
      partCount: undefined,
      quotesChecked: undefined,
      modelId: chosenModel(modelId, message.modelId),
    },
  })
  return moved ? { generationId } : fail('busy')
}

export async function continueReply(ctx: MutationCtx, userId: Id<'users'>, messageId: Id<'messages'>): Promise<null> {
  const { message, generation, questionId } = await ownReply(ctx, userId, messageId)
  if (!generation || message.status === 'complete') return fail('not_found')
  await requireIdle(ctx, message.conversationId)
  await requireSendAllowance(ctx, userId)
  const ready = await pagesReady(ctx, questionId)
  const next = await nextAttempt(ctx, generation, ready)
  // What was found stays where it is, for the text goes on behind it; the next ending checks all of it again.
  const change = { generation: next, message: { quotesChecked: undefined } }
  return (await moveMessage(ctx, message, generation, 'continue', change)) ? null : fail('busy')
}

/** Schedules the attempt after this one and returns what the generation row must hold for it. */
async function nextAttempt(ctx: MutationCtx, generation: Doc<'generations'>, ready: boolean) {
  const attempt = generation.attempt + 1
  if (!ready) await schedulePageWatch(ctx, generation._id, attempt)
  return {
    attempt,
    fromSeq: (generation.finalSeq ?? generation.fromSeq - 1) + 1,
    stopRequested: false,
    finishedAt: undefined,
    jobId: ready ? await scheduleRun(ctx, generation._id, attempt) : undefined,
  }
}

async function ownReply(ctx: MutationCtx, userId: Id<'users'>, messageId: Id<'messages'>) {
  const message = await ownMessage(ctx, userId, messageId)
  if (message.role !== 'assistant' || message.parentId === null) return fail('not_found')
  const generation = message.generationId ? await ctx.db.get('generations', message.generationId) : null
  return { message, generation, questionId: message.parentId }
}
