import type { Commit } from './engine.ts'

/** A commit as the engine keeps it: the old and new keys of every written document, by index. */
export interface CommitRecord extends Commit {
  readonly keys: ReadonlyMap<number, readonly Uint8Array[]>
}

export function isCommitRecord(commit: Commit): commit is CommitRecord {
  return 'keys' in commit && commit.keys instanceof Map
}
