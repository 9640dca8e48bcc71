/** Convex's documented limits of one query or mutation, nested calls included, and what it says beyond them. Those of files are our own. */
const limits = {
  documentsRead: { most: 32_000, says: (most: number) => `${tooMany('documents read', `${most}`)}${readAdvice}` },
  bytesRead: { most: 16 << 20, says: (most: number) => `${tooMany('bytes read', `${most} bytes`)}${readAdvice}` },
  indexRanges: { most: 4_096, says: (most: number) => `${tooMany('reads', `${most}`)}${readAdvice}` },
  documentsWritten: { most: 16_000, says: (most: number) => tooMany('writes', `${most}`) },
  bytesWritten: { most: 16 << 20, says: (most: number) => tooMany('bytes written', `${most} bytes`) },
  functionsScheduled: {
    most: 1_000,
    says: (most: number) => `Too many functions scheduled by this mutation (limit: ${most})`,
  },
  scheduledFunctionArgsBytes: {
    most: 16 << 20,
    says: (most: number) =>
      `Too large total size of the arguments of scheduled functions from this mutation (limit: ${most} bytes)`,
  },
  filesRead: { most: 1_000, says: (most: number) => tooMany('files read', `${most}`) },
  fileBytesRead: {
    most: 16 << 20,
    says: (most: number) => `${tooMany('bytes of files read', `${most} bytes`)}${fileAdvice}`,
  },
  filesWritten: { most: 1_000, says: (most: number) => tooMany('files stored', `${most}`) },
  fileBytesWritten: {
    most: 16 << 20,
    says: (most: number) => `${tooMany('bytes of files stored', `${most} bytes`)}${fileAdvice}`,
  },
} as const

const readAdvice =
  '. Consider using smaller limits in your queries, paginating your queries, ' +
  'or using indexed queries with a selective index range expressions.'

const fileAdvice = '. Consider an action, or an upload URL.'

function tooMany(what: string, most: string): string {
  return `Too many ${what} in a single function execution (limit: ${most})`
}

export type UsageKind = keyof typeof limits

type Amounts = Readonly<Record<UsageKind, number>>

/** What was read was read, whatever becomes of the call. */
const undoable = [
  'documentsWritten',
  'bytesWritten',
  'functionsScheduled',
  'scheduledFunctionArgsBytes',
  'filesWritten',
  'fileBytesWritten',
] as const

/** How things stood when a nested call began. */
export interface UsageMark {
  readonly counts: Amounts
  readonly most: Amounts
}

/** Counts what a transaction does and throws when it does too much. */
export class Usage {
  #counts: Record<UsageKind, number> = perKind(() => 0)
  #most: Amounts = perKind((kind) => limits[kind].most)

  add(kind: UsageKind, amount: number): void {
    this.#counts[kind] += amount
    if (this.#counts[kind] > this.#most[kind]) throw new Error(limits[kind].says(this.#most[kind]))
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
    return { used, remaining: Math.max(0, this.#most[kind] - used) }
  }

  /** A nested call begins. Its own limits count from here, and can only be lower than those it runs under. */
  enter(own: Partial<Amounts> = {}): UsageMark {
    const mark = { counts: { ...this.#counts }, most: this.#most }
    this.#most = perKind((kind) => Math.min(mark.most[kind], mark.counts[kind] + (own[kind] ?? Infinity)))
    return mark
  }

  /** The nested call has ended. What it wrote no longer counts when it was rolled back. */
  leave({ counts, most }: UsageMark, isRolledBack: boolean): void {
    this.#most = most
    if (isRolledBack) for (const kind of undoable) this.#counts[kind] = counts[kind]
  }
}

function perKind(amount: (kind: UsageKind) => number): Record<UsageKind, number> {
  return {
    documentsRead: amount('documentsRead'),
    bytesRead: amount('bytesRead'),
    indexRanges: amount('indexRanges'),
    documentsWritten: amount('documentsWritten'),
    bytesWritten: amount('bytesWritten'),
    functionsScheduled: amount('functionsScheduled'),
    scheduledFunctionArgsBytes: amount('scheduledFunctionArgsBytes'),
    filesRead: amount('filesRead'),
    fileBytesRead: amount('fileBytesRead'),
    filesWritten: amount('filesWritten'),
    fileBytesWritten: amount('fileBytesWritten'),
  }
}
