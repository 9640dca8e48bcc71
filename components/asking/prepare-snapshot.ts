import type { FunctionArgs } from 'convex/server'
import type { api } from '../../convex/_generated/api.js'
import type { CapturedPage } from '../../protocol/capture.ts'
import { contentHash, partHash, splitParts } from '../../protocol/snapshot.ts'

export interface PreparedSnapshot {
  readonly begin: FunctionArgs<typeof api.snapshots.begin>
  /** The text in parts, by their order. */
  readonly parts: readonly string[]
}

/** Cuts a captured page into parts and names it by their hashes: the same text again is the same snapshot. */
export async function prepareSnapshot({
  text,
  lang,
  missing: _shown,
  ...page
}: CapturedPage): Promise<PreparedSnapshot> {
  const parts = splitParts(text)
  const partHashes = await Promise.all(parts.map(partHash))
  return {
    begin: { ...page, ...(lang === '' ? {} : { lang }), partHashes, contentHash: await contentHash(partHashes) },
    parts,
  }
}
