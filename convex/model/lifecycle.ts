import type { Infer } from 'convex/values'
import type { Doc } from '../_generated/dataModel.js'
import type { MutationCtx } from '../_generated/server.js'
import type { failure, Status } from '../validators.ts'

/**
 * Every way a message and its generation change state. `start` is also allowed while generating, for the successor
 * action of a long answer; the attempt tells it from its predecessor.
 */
const moves = {
  start: { from: ['pending', 'generating'], to: 'generating' },
  complete: { from: ['generating'], to: 'complete' },
  stop: { from: ['pending', 'generating'], to: 'stopped' },
  fail: { from: ['pending', 'generating'], to: 'error' },
  continue: { from: ['stopped', 'error'], to: 'pending' },
  retry: { from: ['complete', 'stopped', 'error'], to: 'pending' },
} as const satisfies Record<string, { from: readonly Status[]; to: Status }>

export type Move = keyof typeof moves

/** The state a move leads to, or null when it is not allowed from `from`. */
export function nextStatus(from: Status, move: Move): Status | null {
  const allowed: readonly Status[] = moves[move].from
  return allowed.includes(from) ? moves[move].to : null
}

export function isTerminal(status: Status): boolean {
  return status === 'complete' || status === 'stopped' || status === 'error'
}

/** Fields to patch; undefined removes an optional one. */
type Patch<Table extends 'messages' | 'generations', Field extends keyof Doc<Table>> = {
  readonly [F in Field]?: object extends Pick<Doc<Table>, F> ? Doc<Table>[F] | undefined : Doc<Table>[F]
}

interface Change {
  readonly message?: Patch<'messages', 'content' | 'partCount' | 'generationId' | 'modelId' | 'quotesChecked'>
  readonly generation?: Patch<
    'generations',
    | 'attempt'
    | 'fromSeq'
    | 'finalSeq'
    | 'stopRequested'
    | 'startedAt'
    | 'firstTokenAt'
    | 'finishedAt'
    | 'jobId'
    | 'progressDone'
    | 'progressTotal'
  >
  readonly error?: Infer<typeof failure>
  /** The conversation's preview line, given when the answer ends. */
  readonly lastLine?: string
}

/**
 * The one function that changes the state of a message: it and its generation move together, and the conversation says
 * whether it is being answered. Returns false, having written nothing, when the move is not allowed.
 */
export async function moveMessage(
  ctx: MutationCtx,
  message: Doc<'messages'>,
  generation: Doc<'generations'>,
  move: Move,
  change: Change = {},
): Promise<boolean> {
  const to = nextStatus(message.status, move)
  if (to === null || generation.messageId !== message._id) return false
  const current = change.message?.generationId ?? message.generationId
  if (current !== generation._id) return false

  await ctx.db.patch('messages', message._id, { ...change.message, status: to, error: change.error })
  await ctx.db.patch('generations', generation._id, { ...change.generation, status: to })

  const answering = !isTerminal(to)
  if (move === 'start') return true
  await ctx.db.patch('conversations', message.conversationId, {
    answering,
    ...(change.lastLine === undefined ? {} : { lastLine: change.lastLine }),
    ...(isTerminal(to) ? { lastMessageAt: Date.now() } : {}),
  })
  return true
}
