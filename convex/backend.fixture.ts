import { register as registerRateLimiter } from '@convex-dev/rate-limiter/test'
import { convexTest, type TestConvex } from 'convex-test'
import { contentHash, partHash, splitParts } from '../protocol/snapshot.ts'
import { api, internal } from './_generated/api.js'
import type { Id } from './_generated/dataModel.js'
import schema from './schema.ts'
import type { ContextInput, MessageHead, Task } from './validators.ts'

const modules = import.meta.glob(['./**/*.ts', './_generated/*.js', '!./**/*.*.ts'])

export type Backend = TestConvex<typeof schema>

export function createBackend(): Backend {
  const backend = convexTest(schema, modules)
  registerRateLimiter(backend)
  return backend
}

/** Everything of these files, by path, for tests that read the repository. */
export const functionModules = import.meta.glob([
  './*.ts',
  '!./*.*.ts',
  '!./auth.config.ts',
  '!./http.ts',
  '!./schema.ts',
])

export type Person = ReturnType<Backend['withIdentity']>

export function person(backend: Backend, name = 'ada'): Person {
  return backend.withIdentity({ issuer: 'https://issuer.test', subject: name, name })
}

export interface Page {
  readonly url?: string
  readonly title?: string
  readonly text?: string
  readonly wordsMain?: number
}

export const pageText = 'The tower opened in 1871. It has 204 steps.\n\nVisitors may climb it on Saturdays.'

/** What the panel sends to stage a page. */
export async function staging({
  url = 'https://example.com/tower',
  title = 'The tower',
  text = pageText,
  wordsMain = 13,
}: Page = {}) {
  const parts = splitParts(text)
  const partHashes = await Promise.all(parts.map(partHash))
  return {
    parts,
    begin: {
      url,
      title,
      lang: 'en',
      partHashes,
      contentHash: await contentHash(partHashes),
      wordsMain,
      wordsRest: 0,
      method: 'readability' as const,
      truncated: false,
      zones: [{ zone: 'main' as const, start: 0, end: text.length }],
    },
  }
}

/** Stages a page and brings all its parts. */
export async function capture(who: Person, page: Page = {}): Promise<Id<'snapshots'>> {
  const { parts, begin } = await staging(page)
  const { snapshotId } = await who.mutation(api.snapshots.begin, begin)
  for (const [order, text] of parts.entries()) await who.mutation(api.snapshots.put, { snapshotId, order, text })
  return snapshotId
}

interface Question {
  readonly id?: string
  readonly text?: string
  readonly task?: Task
  readonly contexts?: ContextInput[]
  readonly conversationId?: Id<'conversations'>
  readonly modelId?: string
}

let questions = 0

export async function ask(who: Person, question: Question = {}) {
  return await who.mutation(api.messages.send, {
    clientMessageId: question.id ?? `question-${String(++questions)}`,
    text: question.text ?? 'When did the tower open?',
    task: question.task ?? 'ask',
    contexts: question.contexts ?? [],
    ...(question.conversationId ? { conversationId: question.conversationId } : {}),
    ...(question.modelId ? { modelId: question.modelId } : {}),
  })
}

/** Asks, and begins the answer as its action would. */
export async function begin(backend: Backend, who: Person, question: Question = {}) {
  const sent = await ask(who, question)
  const key = { generationId: sent.generationId, attempt: 1 }
  await backend.mutation(internal.generations.start, { ...key, sent: [] })
  return { ...sent, key }
}

/** The answer as the transcript shows it. */
export async function readAnswer(
  who: Person,
  { conversationId, assistantMessageId }: { conversationId: Id<'conversations'>; assistantMessageId: Id<'messages'> },
): Promise<MessageHead> {
  const heads = await who.query(api.messages.list, { conversationId })
  const answer = heads.find((head) => head._id === assistantMessageId)
  if (!answer) throw new Error('the answer is not in the transcript')
  return answer
}

/** As when the process died: the scheduler holds the job to be over. */
export async function killJob(backend: Backend, generationId: Id<'generations'>): Promise<void> {
  await backend.run(async (ctx) => {
    const generation = await ctx.db.get('generations', generationId)
    if (generation?.jobId) await ctx.scheduler.cancel(generation.jobId)
  })
}
