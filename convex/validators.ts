import { type Infer, v } from 'convex/values'
import { type ErrorCode, errorCodes } from '../protocol/errors.ts'

/** `extractive`, `local/<id>` or `gateway/<provider>/<model>`. */
export const modelId = v.string()

export const task = v.union(v.literal('summarise'), v.literal('ask'), v.literal('explain'), v.literal('compare'))
export type Task = Infer<typeof task>

/** Of a message and of its current generation. `model/lifecycle.ts` owns every change. */
export const status = v.union(
  v.literal('pending'),
  v.literal('generating'),
  v.literal('complete'),
  v.literal('stopped'),
  v.literal('error'),
)
export type Status = Infer<typeof status>

export const shelf = v.union(v.literal('active'), v.literal('pinned'), v.literal('archived'), v.literal('temporary'))

export const errorCode = v.union(...errorCodes.map((code) => v.literal<ErrorCode>(code)))
export const failure = v.object({ code: errorCode, detail: v.optional(v.string()) })

/** `page` and `selection` are of the page beside the panel, `tab` of another one that was named. */
export const contextKind = v.union(
  v.literal('page'),
  v.literal('selection'),
  v.literal('tab'),
  v.literal('pdf'),
  v.literal('transcript'),
)
export const captureMethod = v.union(
  v.literal('readability'),
  v.literal('defuddle'),
  v.literal('landmark'),
  v.literal('selection'),
  v.literal('pdf'),
  v.literal('transcript'),
)

export const zoneName = v.union(v.literal('main'), v.literal('rest'))

/** UTF-16 offsets, end exclusive. */
export const range = v.object({ start: v.number(), end: v.number() })
export const zoneRange = v.object({ zone: zoneName, start: v.number(), end: v.number() })

/** How a quote agrees with the page (`protocol/quote/find-quote.ts`). `exact` and `normalised` are verified. */
export const quoteMatch = v.union(v.literal('exact'), v.literal('normalised'), v.literal('paraphrase'))
/** Passes over long pages that are done, and that there are. */
export const progress = v.object({ done: v.number(), total: v.number() })

/** What a running action learns from a write: go on, the person pressed Stop, or this attempt may write no more. */
export const verdict = v.union(v.literal('go'), v.literal('stop'), v.literal('gone'))

/** `whole`: in one piece; `passes`: in several, whose notes were put together; `nearest`: the passages a search found. */
export const reading = v.union(v.literal('whole'), v.literal('passes'), v.literal('nearest'))

/** What of a page's text a model was given for an answer. */
export const coverageFields = {
  /** Sorted, UTF-16 offsets into the snapshot's text: all that was in any prompt. */
  sentRanges: v.array(range),
  /** Words in them, of both zones together and of each, less what the model's server is known to have cut. */
  sentWords: v.number(),
  sentMainWords: v.number(),
  sentRestWords: v.number(),
  /** Calls of the model that read some of the text. */
  passes: v.number(),
  passageCount: v.number(),
  reading,
  /** The model's server reported far fewer tokens than it was sent. */
  serverCut: v.optional(v.boolean()),
}

/** A selection, and how to find it again. */
export const quoteFields = {
  quote: v.optional(v.string()),
  /** Up to 64 characters of the page on each side. */
  quotePrefix: v.optional(v.string()),
  quoteSuffix: v.optional(v.string()),
  /** Where it stands in the snapshot's text, sorted; one range for each part of it that was found there. */
  quoteRanges: v.optional(v.array(range)),
}

/** One context as the client sends it. */
export const contextInput = v.object({
  snapshotId: v.id('snapshots'),
  kind: contextKind,
  ...quoteFields,
})
export type ContextInput = Infer<typeof contextInput>

/** One context as the transcript shows it. What was sent is absent until the model was given the text. */
export const contextHead = v.object({
  snapshotId: v.id('snapshots'),
  kind: contextKind,
  title: v.string(),
  host: v.string(),
  words: v.number(),
  wordsMain: v.number(),
  wordsRest: v.number(),
  truncated: v.boolean(),
  quote: v.optional(v.string()),
  ...v.object(coverageFields).omit('sentRanges').partial().fields,
})
export type ContextHead = Infer<typeof contextHead>

export const generationHead = v.object({
  _id: v.id('generations'),
  attempt: v.number(),
  fromSeq: v.number(),
  status,
  stopRequested: v.boolean(),
  startedAt: v.optional(v.number()),
  firstTokenAt: v.optional(v.number()),
  progressDone: v.number(),
  progressTotal: v.number(),
})
export type GenerationHead = Infer<typeof generationHead>

export const messageHead = v.object({
  _id: v.id('messages'),
  _creationTime: v.number(),
  role: v.union(v.literal('user'), v.literal('assistant')),
  parentId: v.union(v.id('messages'), v.null()),
  clientMessageId: v.optional(v.string()),
  task: v.optional(task),
  status,
  content: v.string(),
  /** How many parts `messages.parts` holds beyond `content`; 0 for almost every message. */
  partCount: v.number(),
  modelId: v.optional(modelId),
  error: v.optional(failure),
  generation: v.optional(generationHead),
  contexts: v.array(contextHead),
})
export type MessageHead = Infer<typeof messageHead>

export const conversationHead = v.object({
  _id: v.id('conversations'),
  title: v.string(),
  shelf,
  lastMessageAt: v.number(),
  lastLine: v.string(),
  answering: v.boolean(),
})
export type ConversationHead = Infer<typeof conversationHead>

export const modelHead = v.object({
  id: modelId,
  label: v.string(),
  kind: v.union(v.literal('extractive'), v.literal('local'), v.literal('gateway')),
  note: v.optional(v.string()),
})
export type ModelHead = Infer<typeof modelHead>
