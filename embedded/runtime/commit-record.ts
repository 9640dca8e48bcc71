import type { Document } from './document.ts'
import type { Commit } from './engine.ts'

/** A commit as the engine keeps it. */
export interface CommitRecord extends Commit {
  /** The old and new keys of every written document, by index. */
  readonly keys: ReadonlyMap<number, readonly Uint8Array[]>
  /** The old and new versions of every written document, by search index. */
  readonly searched: ReadonlyMap<number, readonly Document[]>
  /** Whatever was read has changed, for the functions have. */
  readonly touchesAll?: true
}

export function isCommitRecord(commit: Commit): commit is CommitRecord {
  return 'keys' in commit && commit.keys instanceof Map
}
