/** Convex's documented limits of one query or mutation, nested calls included; those of files are our own. */
const limits = {
  documentsRead: { most: 32_000, what: 'documents read', advice: readAdvice() },
  bytesRead: { most: 16 << 20, what: 'bytes read', advice: readAdvice() },
  indexRanges: { most: 4_096, what: 'index ranges read', advice: '' },
  documentsWritten: { most: 16_000, what: 'documents written', advice: '' },
  bytesWritten: { most: 16 << 20, what: 'bytes written', advice: '' },
  functionsScheduled: { most: 1_000, what: 'functions scheduled', advice: '' },
  filesRead: { most: 1_000, what: 'files read', advice: '' },
  fileBytesRead: { most: 16 << 20, what: 'bytes of files read', advice: fileAdvice() },
  filesWritten: { most: 1_000, what: 'files stored', advice: '' },
  fileBytesWritten: { most: 16 << 20, what: 'bytes of files stored', advice: fileAdvice() },
} as const

export type UsageKind = keyof typeof limits

/** Counts what a transaction does and throws when it does too much. */
export class Usage {
  readonly #counts: Record<UsageKind, number> = {
    documentsRead: 0,
    bytesRead: 0,
    indexRanges: 0,
    documentsWritten: 0,
    bytesWritten: 0,
    functionsScheduled: 0,
    filesRead: 0,
    fileBytesRead: 0,
    filesWritten: 0,
    fileBytesWritten: 0,
  }

  add(kind: UsageKind, amount: number): void {
    this.#counts[kind] += amount
    const { most, what, advice } = limits[kind]
    if (this.#counts[kind] > most) {
      throw new Error(`Too many ${what} in a single function execution (limit: ${most}).${advice}`)
    }
  }

  read(documents: number, bytes: number): void {
    this.add('documentsRead', documents)
    this.add('bytesRead', bytes)
  }

  wrote(documents: number, bytes: number): void {
    this.add('documentsWritten', documents)
    this.add('bytesWritten', bytes)
  }

  used(kind: UsageKind): { used: number; remaining: number } {
    const used = this.#counts[kind]
    return { used, remaining: Math.max(0, limits[kind].most - used) }
  }
}

function fileAdvice(): string {
  return ' Consider an action, or an upload URL.'
}

function readAdvice(): string {
  return (
    ' Consider using smaller limits in your queries, paginating your queries, ' +
    'or using indexed queries with a selective index range expressions.'
  )
}
