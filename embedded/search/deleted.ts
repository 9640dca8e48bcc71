/** One bit a document: whether it is gone from the segment. */
export type DeletedDocuments = Uint8Array

export function isDeleted(deleted: DeletedDocuments | null, document: number): boolean {
  return deleted !== null && ((deleted[document >> 3] ?? 0) & (1 << (document & 7))) !== 0
}

export function withDeleted(
  deleted: DeletedDocuments | null,
  documentCount: number,
  documents: readonly number[],
): DeletedDocuments {
  const next = deleted === null ? new Uint8Array(Math.ceil(documentCount / 8)) : Uint8Array.from(deleted)
  for (const document of documents) next[document >> 3] = (next[document >> 3] ?? 0) | (1 << (document & 7))
  return next
}
