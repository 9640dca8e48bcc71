/** Characters (UTF-16 units) of a question, and of a selected quote. */
export const QUESTION_LENGTH = 100_000
export const TITLE_LENGTH = 200
export const LAST_LINE_LENGTH = 160
/** A client's id for a message: a UUID, with room. */
export const CLIENT_ID_LENGTH = 100
export const MODEL_ID_LENGTH = 200

/** Answers one person may start in a minute as they come, and how many of them in one burst. */
export const SENDS_PER_MINUTE = 60
export const SENDS_AT_ONCE = 30

/** Messages a transcript shows, and the UTF-8 bytes at which it stops early: a query may read 16 MiB. */
export const LIST_LENGTH = 200
export const LIST_BYTES = 4_000_000

/** Chunk rows a window holds. A full one is closed: no later append runs it again. */
export const WINDOW_LENGTH = 8
/** UTF-8 bytes at which one answer ends: `finish` must stay under 1 MB of writes. */
export const ANSWER_BYTES = 900_000

/** How long an action may be silent before it counts as dead, and the least time between two extensions. */
export const LEASE_MS = 15_000
export const LEASE_STEP_MS = 5_000
/** How long a question waits for the next part of its page. */
export const PAGE_WAIT_MS = 60_000
/** How long a check of quotes may take before it is tried again; each wait is twice the one before. */
export const QUOTE_CHECK_MS = 30_000
export const QUOTE_CHECK_TRIES = 6
/** How long chunk rows outlive their answer, for panels that still read them. */
export const CHUNK_KEEP_MS = 5 * 60_000
/** How long a snapshot may stay without a message that uses it. */
export const STAGED_KEEP_MS = 60 * 60_000
/** Rows one scheduled mutation deletes or writes at a time. */
export const BATCH = 100
