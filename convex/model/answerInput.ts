import { type Infer, v } from 'convex/values'
import type { Doc } from '../_generated/dataModel.js'
import type { QueryCtx } from '../_generated/server.js'
import { contextKind, modelId, range, task, zoneRange } from '../validators.ts'
import { type AttemptKey, currentAttempt } from './generations.ts'
import { pageIdentity } from '../../protocol/page-identity.ts'
import { readText } from './parts.ts'
import { readSnapshotText } from './snapshots.ts'
import { readContexts } from './waiting.ts'

const pageInput = v.object({
  contextId: v.id('messageContexts'),
  kind: contextKind,
  title: v.string(),
  /** Origin and path. */
  address: v.string(),
  lang: v.optional(v.string()),
  quote: v.optional(v.string()),
  /** Where the quote stands in `text`, sorted; absent when it was not found there. */
  quoteRanges: v.optional(v.array(range)),
  text: v.string(),
  zones: v.array(zoneRange),
  wordsMain: v.number(),
  wordsRest: v.number(),
  snapshotId: v.id('snapshots'),
})
export type PageInput = Infer<typeof pageInput>

const turn = v.object({ role: v.union(v.literal('user'), v.literal('assistant')), text: v.string() })
export type Turn = Infer<typeof turn>

export const answerInput = v.object({
  modelId,
  task,
  question: v.string(),
  /** The `seq` of the first chunk to write. */
  fromSeq: v.number(),
  /** What earlier attempts wrote; the model goes on where it ends. */
  written: v.string(),
  /** Earlier turns of the conversation, oldest first. */
  history: v.array(turn),
  pages: v.array(pageInput),
  /** A summary reads what stands around the main text too. */
  withRest: v.boolean(),
})
export type AnswerInput = Infer<typeof answerInput>

/** Earlier turns that are read, and the characters they may hold together. */
const HISTORY_TURNS = 20
const HISTORY_LENGTH = 60_000

export async function readAnswerInput(ctx: QueryCtx, key: AttemptKey): Promise<AnswerInput | null> {
  const current = await currentAttempt(ctx, key)
  const question = current?.message.parentId ? await ctx.db.get('messages', current.message.parentId) : null
  if (!current || !question) return null
  const ancestors = await readAncestors(ctx, question)
  return {
    modelId: current.message.modelId ?? 'extractive',
    task: question.task ?? 'ask',
    question: question.content,
    fromSeq: current.generation.fromSeq,
    written: await readText(ctx, current.message),
    history: historyOf(ancestors),
    pages: await readPages(ctx, question),
    withRest: current.generation.withRest ?? false,
  }
}

/** The messages before a question, latest first. */
async function readAncestors(ctx: QueryCtx, question: Doc<'messages'>): Promise<Doc<'messages'>[]> {
  const ancestors: Doc<'messages'>[] = []
  let parentId = question.parentId
  while (parentId !== null && ancestors.length < HISTORY_TURNS) {
    const message: Doc<'messages'> | null = await ctx.db.get('messages', parentId)
    if (!message) break
    ancestors.push(message)
    parentId = message.parentId
  }
  return ancestors
}

function historyOf(latestFirst: readonly Doc<'messages'>[]): Turn[] {
  const turns: Turn[] = []
  let length = 0
  for (const { role, content } of latestFirst) {
    length += content.length
    if (length > HISTORY_LENGTH) break
    if (content !== '') turns.push({ role, text: content })
  }
  return turns.toReversed()
}

/** The pages that were sent with the question, and no others: what its person left out is not sent. */
async function readPages(ctx: QueryCtx, question: Doc<'messages'>): Promise<PageInput[]> {
  const pages: PageInput[] = []
  for (const context of await readContexts(ctx, question._id)) {
    const page = await readPage(ctx, context)
    if (page) pages.push(page)
  }
  return pages
}

async function readPage(ctx: QueryCtx, context: Doc<'messageContexts'>): Promise<PageInput | null> {
  const snapshot = await ctx.db.get('snapshots', context.snapshotId)
  const page = snapshot && (await ctx.db.get('pages', snapshot.pageId))
  if (!snapshot || !page) return null
  const text = await readSnapshotText(ctx, snapshot)
  const quoteRanges = (context.quoteRanges ?? []).filter(({ end }) => end <= text.length)
  return {
    contextId: context._id,
    kind: context.kind,
    title: snapshot.title,
    address: pageIdentity(page.url).address,
    text,
    zones: snapshot.zones,
    wordsMain: snapshot.wordsMain,
    wordsRest: snapshot.wordsRest,
    snapshotId: snapshot._id,
    ...(snapshot.lang === undefined ? {} : { lang: snapshot.lang }),
    ...(context.quote === undefined ? {} : { quote: context.quote }),
    ...(quoteRanges.length === 0 ? {} : { quoteRanges }),
  }
}
