import type { Infer } from 'convex/values'
import type { Doc } from '../_generated/dataModel.js'
import type { MutationCtx } from '../_generated/server.js'
import type { failure } from '../validators.ts'
import { readAttempt, scheduleSweep } from './chunks.ts'
import { removeLease } from './leases.ts'
import { moveMessage } from './lifecycle.ts'
import { extendText } from './parts.ts'
import { scheduleNotesSweep } from './passNotes.ts'
import { previewLine } from './previewLine.ts'
import { scheduleQuoteCheck } from './quoteCheck.ts'
import { recordUsage, type ReportedUsage } from './usage.ts'

export type Ending =
  | { readonly kind: 'complete' }
  | { readonly kind: 'stop' }
  | { readonly kind: 'fail'; readonly error: Infer<typeof failure> }

interface Report {
  readonly usage?: ReportedUsage | undefined
  readonly firstTokenAt?: number | undefined
}

/**
 * The one way an answer ends: the text of its attempt goes into the message, usage is recorded (of stopped and failed
 * answers too), and the chunk rows are left to a later sweep. Returns false when it had ended already.
 */
export async function endGeneration(
  ctx: MutationCtx,
  generation: Doc<'generations'>,
  ending: Ending,
  report: Report = {},
): Promise<boolean> {
  const message = await ctx.db.get('messages', generation.messageId)
  if (!message || message.generationId !== generation._id) return false
  if (message.status !== 'pending' && message.status !== 'generating') return false

  const { text, lastSeq } = await readAttempt(ctx, generation)
  const stored = await extendText(ctx, message, text)
  const moved = await moveMessage(ctx, message, generation, ending.kind, {
    message: stored,
    generation: {
      finishedAt: Date.now(),
      stopRequested: false,
      ...(lastSeq === null ? {} : { finalSeq: lastSeq }),
      ...(report.firstTokenAt === undefined ? {} : { firstTokenAt: report.firstTokenAt }),
    },
    ...(ending.kind === 'fail' ? { error: ending.error } : {}),
    ...(stored.content === '' ? {} : { lastLine: previewLine(stored.content) }),
  })
  // Thrown, so that what was written above is undone with it.
  if (!moved) throw new Error(`a ${message.status} message cannot ${ending.kind}`)
  await removeLease(ctx, generation._id)
  await recordUsage(ctx, message, text, report.usage)
  if (stored.content !== '') await scheduleQuoteCheck(ctx, message, generation)
  if (lastSeq !== null) await scheduleSweep(ctx, generation._id, generation.attempt)
  if (ending.kind === 'complete') await scheduleNotesSweep(ctx, generation)
  return true
}
