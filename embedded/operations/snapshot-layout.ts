/** The files in a snapshot export of Convex: documents as lines of JSON, and the tables with their numbers. */
export const tablesEntry = '_tables/documents.jsonl'

export function documentsEntry(table: string): string {
  return `${table}/documents.jsonl`
}

/** The table whose documents an entry holds; null for other entries, and for tables of the system. */
export function tableOfEntry(entry: string): string | null {
  return /^([A-Za-z]\w*)\/documents\.jsonl$/.exec(entry)?.[1] ?? null
}
