import { MAX_CONTEXTS } from '../../protocol/max-contexts.ts'
import type { Doc, Id } from '../_generated/dataModel.js'
import type { MutationCtx, QueryCtx } from '../_generated/server.js'
import type { ContextInput, Task } from '../validators.ts'
import { chosenModel } from './chosenModel.ts'
import { requireIdle } from './conversations.ts'
import { fail } from './failure.ts'
import { schedulePageWatch, scheduleRun } from './jobs.ts'
import { CLIENT_ID_LENGTH, LAST_LINE_LENGTH, TITLE_LENGTH } from './limits.ts'
import { ownConversation, ownSnapshot } from './ownership.ts'
import { touchConversationPage } from './pages.ts'
import { shorten } from './previewLine.ts'
import { cleanQuestion } from './question.ts'
import { cleanQuote } from './quote.ts'
import { requireSendAllowance } from './rateLimit.ts'
import { pagesReady } from './waiting.ts'

interface Send {
  readonly clientMessageId: string
  readonly conversationId?: Id<'conversations'>
  readonly text: string
  readonly task: Task
  readonly contexts: readonly ContextInput[]
  readonly modelId?: string
}

interface Sent {
  readonly conversationId: Id<'conversations'>
  readonly userMessageId: Id<'messages'>
  readonly assistantMessageId: Id<'messages'>
  readonly generationId: Id<'generations'>
}

/** One transaction: the question, its empty answer, the generation, and the action as soon as the page text is there. */
export async function sendMessage(ctx: MutationCtx, userId: Id<'users'>, args: Send): Promise<Sent> {
  const earlier = await findSent(ctx, userId, args.clientMessageId)
  if (earlier) return earlier

  const text = cleanQuestion(args.text, args.task)
  const modelId = chosenModel(args.modelId)
  if (args.contexts.length > MAX_CONTEXTS) fail('too_many_pages', String(MAX_CONTEXTS))
  const snapshots: Doc<'snapshots'>[] = []
  for (const context of args.contexts) snapshots.push(await ownSnapshot(ctx, userId, context.snapshotId))
  await requireSendAllowance(ctx, userId)

  const primary = snapshots[0]
  const conversation = await openConversation(ctx, userId, args, titleOf(args.task, snapshots), text)
  const primaryHost = primary && (await ctx.db.get('pages', primary.pageId))?.host
  const shared = { conversationId: conversation._id, userId, ...(primaryHost ? { primaryHost } : {}) }

  const parent = await lastMessage(ctx, conversation._id)
  const userMessageId = await ctx.db.insert('messages', {
    ...shared,
    role: 'user',
    parentId: parent?._id ?? null,
    clientMessageId: args.clientMessageId,
    task: args.task,
    status: 'complete',
    content: text,
  })
  for (const { snapshotId, kind, ...quote } of args.contexts) {
    await ctx.db.insert('messageContexts', { messageId: userMessageId, snapshotId, kind, ...cleanQuote(quote) })
  }
  for (const pageId of new Set(snapshots.map((snapshot) => snapshot.pageId))) {
    await touchConversationPage(ctx, conversation, pageId)
  }

  const assistantMessageId = await ctx.db.insert('messages', {
    ...shared,
    role: 'assistant',
    parentId: userMessageId,
    status: 'pending',
    modelId,
    content: '',
  })
  const generationId = await insertGeneration(ctx, {
    ...shared,
    messageId: assistantMessageId,
    questionId: userMessageId,
  })
  await ctx.db.patch('messages', assistantMessageId, { generationId })
  return { conversationId: conversation._id, userMessageId, assistantMessageId, generationId }
}

/** Starts the first attempt of a new generation, or leaves it waiting for page text. */
export async function insertGeneration(
  ctx: MutationCtx,
  owner: Pick<Doc<'generations'>, 'messageId' | 'userId' | 'conversationId' | 'withRest'> & {
    questionId: Id<'messages'>
  },
): Promise<Id<'generations'>> {
  const generationId = await ctx.db.insert('generations', {
    messageId: owner.messageId,
    userId: owner.userId,
    conversationId: owner.conversationId,
    status: 'pending',
    attempt: 1,
    fromSeq: 0,
    stopRequested: false,
    progressDone: 0,
    progressTotal: 1,
    ...(owner.withRest ? { withRest: true } : {}),
  })
  if (await pagesReady(ctx, owner.questionId)) {
    await ctx.db.patch('generations', generationId, { jobId: await scheduleRun(ctx, generationId, 1) })
  } else {
    await schedulePageWatch(ctx, generationId, 1)
  }
  return generationId
}

/** What an earlier send with this id made. */
async function findSent(ctx: QueryCtx, userId: Id<'users'>, clientMessageId: string): Promise<Sent | null> {
  if (clientMessageId === '' || clientMessageId.length > CLIENT_ID_LENGTH) fail('not_found')
  const question = await ctx.db
    .query('messages')
    .withIndex('by_user_client_id', (q) => q.eq('userId', userId).eq('clientMessageId', clientMessageId))
    .unique()
  if (!question) return null
  const answer = await ctx.db
    .query('messages')
    .withIndex('by_parent', (q) => q.eq('parentId', question._id))
    .first()
  if (!answer?.generationId) return fail('not_found')
  return {
    conversationId: question.conversationId,
    userMessageId: question._id,
    assistantMessageId: answer._id,
    generationId: answer.generationId,
  }
}

async function openConversation(
  ctx: MutationCtx,
  userId: Id<'users'>,
  args: Send,
  pageTitle: string,
  text: string,
): Promise<Pick<Doc<'conversations'>, '_id' | 'userId'>> {
  const now = { lastMessageAt: Date.now(), lastLine: shorten(text, LAST_LINE_LENGTH), answering: true }
  if (args.conversationId) {
    const conversation = await ownConversation(ctx, userId, args.conversationId)
    await requireIdle(ctx, conversation._id)
    await ctx.db.patch('conversations', conversation._id, now)
    return conversation
  }
  const title = shorten(args.task === 'ask' || pageTitle === '' ? text : pageTitle, TITLE_LENGTH / 2)
  const _id = await ctx.db.insert('conversations', { userId, title, shelf: 'active', ...now })
  return { _id, userId }
}

/** What a new conversation is called after its pages; a comparison after all of them. */
function titleOf(task: Task, snapshots: readonly Doc<'snapshots'>[]): string {
  const titles = snapshots.map(({ title }) => title).filter((title) => title !== '')
  return (task === 'compare' ? titles : titles.slice(0, 1)).join(' · ')
}

async function lastMessage(ctx: QueryCtx, id: Id<'conversations'>): Promise<Doc<'messages'> | null> {
  return await ctx.db
    .query('messages')
    .withIndex('by_conversation_created', (q) => q.eq('conversationId', id))
    .order('desc')
    .first()
}
