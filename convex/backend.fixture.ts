import type { FunctionReference, FunctionReturnType, OptionalRestArgs, UserIdentityAttributes } from 'convex/server'
import { contentHash, partHash, splitParts } from '../protocol/snapshot.ts'
import { api, internal } from './_generated/api.js'
import type { Doc, Id, TableNames } from './_generated/dataModel.js'
import { type Job, probes } from './probes.fixture.ts'
import type { ContextInput, MessageHead, Task } from './validators.ts'

type AnyVisibility = 'public' | 'internal'

/** Whoever calls functions, as Convex's clients do. */
export interface Caller<Visibility extends AnyVisibility = 'public'> {
  query<Query extends FunctionReference<'query', Visibility>>(
    query: Query,
    ...args: OptionalRestArgs<Query>
  ): Promise<FunctionReturnType<Query>>
  mutation<Mutation extends FunctionReference<'mutation', Visibility>>(
    mutation: Mutation,
    ...args: OptionalRestArgs<Mutation>
  ): Promise<FunctionReturnType<Mutation>>
}

/** The app's functions on a Convex of their own, without a row. It is itself a caller, without an identity, who may
 * call what is internal. */
export interface Backend extends Caller<AnyVisibility> {
  action<Action extends FunctionReference<'action', AnyVisibility>>(
    action: Action,
    ...args: OptionalRestArgs<Action>
  ): Promise<FunctionReturnType<Action>>
  /** An HTTP action. */
  fetch(path: string, init?: RequestInit): Promise<Response>
  /** Someone signed in; null for nobody. */
  withIdentity(identity: UserIdentityAttributes | null): Caller
  /** What functions take for the time, in milliseconds since the epoch. */
  now(): Promise<number>
  /** Lets that much time go by, while nothing else happens. */
  pass(ms: number): Promise<void>
}

export interface BackendOptions {
  /**
   * Scheduled functions run, and time goes by, by themselves. Else scheduled functions stay where they are, and time
   * stands still.
   */
  readonly live?: boolean
  /** What functions see of `process.env`. */
  readonly env?: Readonly<Record<string, string>>
}

type OpenBackend = (options: BackendOptions) => Promise<Backend>

let open: OpenBackend | undefined

/** For tests/backends/: each test file runs once on each of them, as a project of vitest.config.ts. */
export function setBackend(opens: OpenBackend): void {
  open = opens
}

export async function createBackend(options: BackendOptions = {}): Promise<Backend> {
  if (!open) throw new Error('No backend was chosen: vitest.config.ts lists the tests that need one.')
  return await open(options)
}

/** Everything of these files, by path, for tests that read the repository. */
export const functionModules = import.meta.glob([
  './*.ts',
  '!./*.*.ts',
  '!./auth.config.ts',
  '!./http.ts',
  '!./schema.ts',
])

export type Person = Caller

export function person(backend: Backend, name = 'ada'): Person {
  return backend.withIdentity({ issuer: 'https://issuer.test', subject: name, name })
}

/** All rows of a table, oldest first. */
export async function rows<Table extends TableNames>(backend: Backend, table: Table): Promise<Doc<Table>[]> {
  return await backend.query(probes.rows<Table>(), { table })
}

/** What is scheduled of functions whose name holds this. */
export async function scheduled(backend: Backend, name: string): Promise<Job[]> {
  const jobs = await backend.query(probes.jobs, {})
  // Convex names a module with its extension, convex-test without.
  return jobs.filter((job) => job.name.replace('.js:', ':').includes(name))
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
  await backend.mutation(probes.killJob, { generationId })
}
