import { type Infer, v } from 'convex/values'
import { internal } from '../_generated/api.js'
import type { Doc, Id } from '../_generated/dataModel.js'
import type { MutationCtx, QueryCtx } from '../_generated/server.js'
import { quoteMatch, zoneRange } from '../validators.ts'
import { removeCitations } from './citations.ts'
import { isTerminal } from './lifecycle.ts'
import { QUOTE_CHECK_MS, QUOTE_CHECK_TRIES } from './limits.ts'
import { readText } from './parts.ts'
import { readSnapshotText } from './snapshots.ts'
import { readContexts } from './waiting.ts'

/** Names the text that is checked: a later attempt or generation has another. */
export const checkKey = { messageId: v.id('messages'), generationId: v.id('generations'), attempt: v.number() }
export interface CheckKey {
  readonly messageId: Id<'messages'>
  readonly generationId: Id<'generations'>
  readonly attempt: number
}

/** An ended answer, and the snapshots it was asked about: each once, with the numbers it had in the question. */
export const checkInput = v.object({
  answer: v.string(),
  pages: v.array(v.object({ snapshotId: v.id('snapshots'), numbers: v.array(v.number()) })),
})

export const checkPage = v.object({ text: v.string(), zones: v.array(zoneRange) })

export const foundQuote = v.object({
  snapshotId: v.id('snapshots'),
  quote: v.string(),
  answerStart: v.number(),
  answerEnd: v.number(),
  start: v.number(),
  end: v.number(),
  match: quoteMatch,
  words: v.string(),
  prefix: v.string(),
  suffix: v.string(),
})

/**
 * Has the quotes of an ended answer looked for. An action runs at most once and may die with its process, so a mutation
 * looks after it, which the scheduler keeps over a restart. An answer to a question without a page has nothing to check.
 */
export async function scheduleQuoteCheck(
  ctx: MutationCtx,
  { _id, parentId }: Doc<'messages'>,
  generation: Doc<'generations'>,
): Promise<void> {
  if (parentId === null || (await readContexts(ctx, parentId)).length === 0) return
  const key = { messageId: _id, generationId: generation._id, attempt: generation.attempt }
  await ctx.scheduler.runAfter(0, internal.citations.check, key)
  await ctx.scheduler.runAfter(QUOTE_CHECK_MS, internal.citations.watch, { ...key, tries: 1 })
}

/** Checks again what was not, until it has been tried often enough: then the answer stays without citations. */
export async function watchQuoteCheck(
  ctx: MutationCtx,
  { tries, ...key }: CheckKey & { tries: number },
): Promise<void> {
  const message = await endedMessage(ctx, key)
  if (!message || message.quotesChecked || tries >= QUOTE_CHECK_TRIES) return
  await ctx.scheduler.runAfter(0, internal.citations.check, key)
  await ctx.scheduler.runAfter(QUOTE_CHECK_MS * 2 ** tries, internal.citations.watch, { ...key, tries: tries + 1 })
}

export async function readCheckInput(ctx: QueryCtx, key: CheckKey): Promise<Infer<typeof checkInput> | null> {
  const message = await endedMessage(ctx, key)
  if (!message || message.parentId === null) return null
  const numbers = new Map<Id<'snapshots'>, number[]>()
  for (const [index, { snapshotId }] of (await readContexts(ctx, message.parentId)).entries()) {
    numbers.set(snapshotId, [...(numbers.get(snapshotId) ?? []), index + 1])
  }
  const pages = [...numbers].map(([snapshotId, its]) => ({ snapshotId, numbers: its }))
  return { answer: await readText(ctx, message), pages }
}

/** The text of one snapshot: up to 4 MB, so each is a query of its own. */
export async function readCheckPage(
  ctx: QueryCtx,
  snapshotId: Id<'snapshots'>,
): Promise<Infer<typeof checkPage> | null> {
  const snapshot = await ctx.db.get('snapshots', snapshotId)
  return snapshot && { text: await readSnapshotText(ctx, snapshot), zones: snapshot.zones }
}

/** Replaces what an earlier check found. Writes nothing when the answer has changed since, or is gone. */
export async function storeCitations(
  ctx: MutationCtx,
  { found, ...key }: CheckKey & { found: readonly Infer<typeof foundQuote>[] },
): Promise<void> {
  const message = await endedMessage(ctx, key)
  if (!message) return
  await removeCitations(ctx, message._id)
  for (const quote of found) {
    await ctx.db.insert('citations', { messageId: message._id, userId: message.userId, ...quote })
  }
  await ctx.db.patch('messages', message._id, { quotesChecked: true })
}

async function endedMessage(
  ctx: QueryCtx,
  { messageId, generationId, attempt }: CheckKey,
): Promise<Doc<'messages'> | null> {
  const message = await ctx.db.get('messages', messageId)
  if (message?.generationId !== generationId || !isTerminal(message.status)) return null
  const generation = await ctx.db.get('generations', generationId)
  return generation?.attempt === attempt ? message : null
}
