import { utf8Length } from '../../protocol/snapshot.ts'
import type { Doc, Id } from '../_generated/dataModel.js'
import type { QueryCtx } from '../_generated/server.js'
import type { ContextHead, GenerationHead, MessageHead } from '../validators.ts'
import { LIST_BYTES, LIST_LENGTH } from './limits.ts'
import { ownConversation } from './ownership.ts'
import { readContexts } from './waiting.ts'

/** Reads no chunk and no lease, so that neither re-runs it. */
export async function listHeads(
  ctx: QueryCtx,
  userId: Id<'users'> | null,
  conversationId: Id<'conversations'>,
): Promise<MessageHead[]> {
  await ownConversation(ctx, userId, conversationId)
  const heads: MessageHead[] = []
  let bytes = 0
  const messages = ctx.db
    .query('messages')
    .withIndex('by_conversation_created', (q) => q.eq('conversationId', conversationId))
    .order('desc')
  for await (const message of messages) {
    bytes += utf8Length(message.content)
    heads.push(await head(ctx, message))
    if (heads.length === LIST_LENGTH || bytes > LIST_BYTES) break
  }
  return heads.toReversed()
}

async function head(ctx: QueryCtx, message: Doc<'messages'>): Promise<MessageHead> {
  const { _id, _creationTime, role, parentId, clientMessageId, task, status, content, modelId, error } = message
  const generation = message.generationId ? await ctx.db.get('generations', message.generationId) : null
  return {
    _id,
    _creationTime,
    role,
    parentId,
    status,
    content,
    partCount: message.partCount ?? 0,
    contexts: role === 'user' ? await contextHeads(ctx, _id) : [],
    ...(clientMessageId === undefined ? {} : { clientMessageId }),
    ...(task === undefined ? {} : { task }),
    ...(modelId === undefined ? {} : { modelId }),
    ...(error === undefined ? {} : { error }),
    ...(generation ? { generation: generationHead(generation) } : {}),
  }
}

function generationHead(generation: Doc<'generations'>): GenerationHead {
  const { _id, attempt, fromSeq, status, stopRequested, startedAt, firstTokenAt } = generation
  return {
    _id,
    attempt,
    fromSeq,
    status,
    stopRequested,
    progressDone: generation.progressDone,
    progressTotal: generation.progressTotal,
    ...(startedAt === undefined ? {} : { startedAt }),
    ...(firstTokenAt === undefined ? {} : { firstTokenAt }),
  }
}

async function contextHeads(ctx: QueryCtx, messageId: Id<'messages'>): Promise<ContextHead[]> {
  const heads: ContextHead[] = []
  for (const context of await readContexts(ctx, messageId)) {
    const { snapshotId, kind, quote } = context
    const snapshot = await ctx.db.get('snapshots', snapshotId)
    const page = snapshot && (await ctx.db.get('pages', snapshot.pageId))
    heads.push({
      snapshotId,
      kind,
      title: snapshot?.title ?? '',
      host: page?.host ?? '',
      words: snapshot ? snapshot.wordsMain + snapshot.wordsRest : 0,
      wordsMain: snapshot?.wordsMain ?? 0,
      wordsRest: snapshot?.wordsRest ?? 0,
      truncated: snapshot?.truncated ?? false,
      ...(quote === undefined ? {} : { quote }),
      ...coverageHead(context),
    })
  }
  return heads
}

/** What was sent, without the many places of it. */
function coverageHead({
  sentWords,
  sentMainWords,
  sentRestWords,
  passes,
  passageCount,
  reading,
  serverCut,
}: Doc<'messageContexts'>): Partial<ContextHead> {
  return {
    ...(sentWords === undefined ? {} : { sentWords }),
    ...(sentMainWords === undefined ? {} : { sentMainWords }),
    ...(sentRestWords === undefined ? {} : { sentRestWords }),
    ...(passes === undefined ? {} : { passes }),
    ...(passageCount === undefined ? {} : { passageCount }),
    ...(reading === undefined ? {} : { reading }),
    ...(serverCut === undefined ? {} : { serverCut }),
  }
}
