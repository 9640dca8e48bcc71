import { defineSchema, defineTable } from 'convex/server'
import { v } from 'convex/values'
import {
  captureMethod,
  contextKind,
  coverageFields,
  failure,
  modelId,
  quoteFields,
  quoteMatch,
  shelf,
  status,
  task,
  zoneName,
  zoneRange,
} from './validators.ts'

/**
 * Normalised: rows point at each other by id, M:N relations have a table of their own, and every id that is stored is
 * the first field of some index (a test reads this file for that).
 */
export default defineSchema({
  users: defineTable({
    /** `issuer|subject` of the verified token. */
    tokenIdentifier: v.string(),
    name: v.optional(v.string()),
    email: v.optional(v.string()),
  }).index('by_token', ['tokenIdentifier']),

  userPreferences: defineTable({
    userId: v.id('users'),
    key: v.string(),
    value: v.union(v.string(), v.number(), v.boolean()),
  }).index('by_user_key', ['userId', 'key']),

  /** `shelf`, `lastLine` and `answering` are written at send and finish only, so a token never re-runs the list. */
  conversations: defineTable({
    userId: v.id('users'),
    title: v.string(),
    shelf,
    lastMessageAt: v.number(),
    lastLine: v.string(),
    answering: v.boolean(),
    expiresAt: v.optional(v.number()),
  })
    .index('by_user_shelf_last', ['userId', 'shelf', 'lastMessageAt'])
    .index('by_expires', ['expiresAt']),

  conversationPages: defineTable({
    conversationId: v.id('conversations'),
    pageId: v.id('pages'),
    userId: v.id('users'),
    host: v.string(),
    lastMessageAt: v.number(),
  })
    .index('by_conversation', ['conversationId'])
    .index('by_page_last', ['pageId', 'lastMessageAt'])
    .index('by_user_host_last', ['userId', 'host', 'lastMessageAt']),

  messages: defineTable({
    conversationId: v.id('conversations'),
    userId: v.id('users'),
    role: v.union(v.literal('user'), v.literal('assistant')),
    parentId: v.union(v.id('messages'), v.null()),
    /** Chosen by the client; makes a send idempotent. User messages only. */
    clientMessageId: v.optional(v.string()),
    /** User messages only. */
    task: v.optional(task),
    status,
    /** The current generation. Assistant messages only. */
    generationId: v.optional(v.id('generations')),
    modelId: v.optional(modelId),
    /** While an answer is written: what earlier attempts left. In a terminal status: all of it, up to 200 KB. */
    content: v.string(),
    /** Rows of `messageParts` that go on where `content` ends. */
    partCount: v.optional(v.number()),
    primaryHost: v.optional(v.string()),
    error: v.optional(failure),
    /** The quotes of this text were looked for in the pages it was asked about: what has no citation was not found. */
    quotesChecked: v.optional(v.boolean()),
  })
    .index('by_conversation_created', ['conversationId'])
    .index('by_conversation_status', ['conversationId', 'status'])
    .index('by_user', ['userId'])
    .index('by_user_client_id', ['userId', 'clientMessageId'])
    .index('by_parent', ['parentId'])
    .index('by_generation', ['generationId']),

  /** What of a long answer lies beyond `messages.content`. No list query reads it. */
  messageParts: defineTable({
    messageId: v.id('messages'),
    order: v.number(),
    kind: v.literal('text'),
    text: v.string(),
  }).index('by_message_order', ['messageId', 'order']),

  generations: defineTable({
    messageId: v.id('messages'),
    userId: v.id('users'),
    conversationId: v.id('conversations'),
    status,
    /** Goes up with Continue, and when a successor action takes over. An older attempt can write nothing. */
    attempt: v.number(),
    /** The first `chunks.seq` of this attempt. */
    fromSeq: v.number(),
    /** The last `chunks.seq` written by any attempt that ended. */
    finalSeq: v.optional(v.number()),
    stopRequested: v.boolean(),
    /** The action of this attempt; absent while the page text is still being received. */
    jobId: v.optional(v.id('_scheduled_functions')),
    startedAt: v.optional(v.number()),
    firstTokenAt: v.optional(v.number()),
    finishedAt: v.optional(v.number()),
    /** Passes over long pages: 0 of 1 where all is read at once. */
    progressDone: v.number(),
    progressTotal: v.number(),
    /** A summary reads what stands around the main text too, however long it is. */
    withRest: v.optional(v.boolean()),
  })
    .index('by_message', ['messageId'])
    .index('by_user', ['userId'])
    .index('by_conversation', ['conversationId'])
    .index('by_job', ['jobId'])
    .index('by_status', ['status']),

  /** Apart from `generations`, so that extending a lease re-runs no query of the panel. */
  leases: defineTable({
    generationId: v.id('generations'),
    leaseUntil: v.number(),
  }).index('by_generation', ['generationId']),

  /** What a pass over a part of a long page noted: kept, so that no pass is run twice for one answer. */
  passNotes: defineTable({
    generationId: v.id('generations'),
    /** 0: of page text. 1 and more: of the notes one level below. */
    level: v.number(),
    order: v.number(),
    /** What was read, so that a plan that changed meanwhile is noticed. */
    span: v.string(),
    text: v.string(),
    /** The part of its prompt that the model's server read, 0 to 1. */
    share: v.number(),
  }).index('by_generation_level_order', ['generationId', 'level', 'order']),

  chunks: defineTable({
    generationId: v.id('generations'),
    attempt: v.number(),
    seq: v.number(),
    text: v.string(),
  }).index('by_generation_attempt_seq', ['generationId', 'attempt', 'seq']),

  pages: defineTable({
    userId: v.id('users'),
    /** The page's identity (`pageIdentity`). Never sent to a model. */
    url: v.string(),
    host: v.string(),
    title: v.string(),
    lastAskedAt: v.number(),
  })
    .index('by_user_url', ['userId', 'url'])
    .index('by_user_host', ['userId', 'host'])
    .index('by_user_last_asked', ['userId', 'lastAskedAt']),

  /** Staged until every part is there. A snapshot that a message refers to never changes. */
  snapshots: defineTable({
    pageId: v.id('pages'),
    userId: v.id('users'),
    contentHash: v.string(),
    partHashes: v.array(v.string()),
    title: v.string(),
    lang: v.optional(v.string()),
    wordsMain: v.number(),
    wordsRest: v.number(),
    method: captureMethod,
    truncated: v.boolean(),
    zones: v.array(zoneRange),
    complete: v.boolean(),
    capturedAt: v.number(),
  })
    .index('by_page', ['pageId'])
    .index('by_user_hash', ['userId', 'contentHash', 'pageId']),

  snapshotParts: defineTable({
    snapshotId: v.id('snapshots'),
    order: v.number(),
    text: v.string(),
  }).index('by_snapshot_order', ['snapshotId', 'order']),

  passages: defineTable({
    snapshotId: v.id('snapshots'),
    pageId: v.id('pages'),
    userId: v.id('users'),
    host: v.string(),
    order: v.number(),
    /** UTF-16 offsets into the snapshot's text. */
    start: v.number(),
    end: v.number(),
    zone: zoneName,
    text: v.string(),
  })
    .index('by_snapshot_order', ['snapshotId', 'order'])
    .index('by_page', ['pageId'])
    .index('by_user', ['userId'])
    .searchIndex('search_text', { searchField: 'text', filterFields: ['userId', 'snapshotId', 'pageId', 'host'] }),

  messageContexts: defineTable({
    messageId: v.id('messages'),
    snapshotId: v.id('snapshots'),
    kind: contextKind,
    ...quoteFields,
    /** Absent until an answer begins. */
    ...v.object(coverageFields).partial().fields,
  })
    .index('by_message', ['messageId'])
    .index('by_snapshot', ['snapshotId']),

  /** A quote of an answer that was found in a page. Written once the answer has ended, and again when it has changed. */
  citations: defineTable({
    messageId: v.id('messages'),
    userId: v.id('users'),
    snapshotId: v.id('snapshots'),
    /** As the answer has it. Of quotes and words that are very long the beginnings are kept. */
    quote: v.string(),
    /** UTF-16 offsets into the answer's whole text. */
    answerStart: v.number(),
    answerEnd: v.number(),
    /** UTF-16 offsets into the snapshot's text. */
    start: v.number(),
    end: v.number(),
    match: quoteMatch,
    /** The page's own words, and up to 64 characters around them: the snapshot's text may be 4 MB, and never changes. */
    words: v.string(),
    prefix: v.string(),
    suffix: v.string(),
  })
    .index('by_message', ['messageId'])
    .index('by_snapshot', ['snapshotId'])
    .index('by_user', ['userId']),

  usageRecords: defineTable({
    userId: v.id('users'),
    messageId: v.id('messages'),
    modelId,
    inputTokens: v.number(),
    outputTokens: v.number(),
    cachedTokens: v.number(),
    costMicros: v.number(),
    /** The provider reported nothing (a stopped or failed answer): counted from the text. */
    estimated: v.optional(v.boolean()),
    /** One pass over a long page rather than an answer. */
    pass: v.optional(v.literal(true)),
  })
    .index('by_user_created', ['userId'])
    .index('by_message', ['messageId']),

  /** Wrong pairing secrets of the last minute (`POST /local/token`). */
  pairingFailures: defineTable({ at: v.number() }).index('by_at', ['at']),
})
