import { decodeDocumentId } from '../../values/document-id.ts'
import type { JsonObject } from '../../values/json-object.ts'
import type { Component } from '../components.ts'
import { readPage } from '../paginate.ts'
import { planQuery } from '../query-plan.ts'
import { QueryStream } from '../query-stream.ts'
import type { Transaction } from '../transaction.ts'
import { numberArgument, objectArgument, optionalString, stringArgument } from './arguments.ts'
import { resolveId } from './resolve-id.ts'

/** The read syscalls of one function call: its open queries, and the one paginated query it may make. */
export class Reads {
  readonly #transaction: Transaction
  readonly #component: Component
  readonly #journal: string | null
  readonly #breathe: () => Promise<void> | undefined
  readonly #streams = new Map<number, QueryStream>()
  #nextStream = 1
  #nextJournal: string | null = null
  #isPaginating = false

  /** `journal` is what `journal` gave when the same query ran before; `breathe` lets others have the thread. */
  constructor(
    transaction: Transaction,
    component: Component,
    journal: string | null,
    breathe: () => Promise<void> | undefined,
  ) {
    this.#transaction = transaction
    this.#component = component
    this.#breathe = breathe
    this.#journal = journal
  }

  get journal(): string | null {
    return this.#nextJournal
  }

  get(args: JsonObject): string {
    const id = stringArgument(args, 'id')
    const { catalog } = this.#component
    const table = resolveId(catalog, id, 'get', optionalString(args, 'table'))
    if (table === null) return 'null'
    if (table.name.startsWith('_') !== (args['isSystem'] === true)) {
      const [kind, prefix] = table.name.startsWith('_') ? ['System', 'system.'] : ['User', '']
      throw new Error(`${kind} tables can only be accessed from db.${prefix}get().`)
    }
    return this.#transaction.get(table, id)?.json ?? 'null'
  }

  openStream(args: JsonObject): string {
    const streamId = this.#nextStream++
    this.#streams.set(streamId, new QueryStream(this.#transaction, planQuery(this.#component.catalog, args['query'])))
    return JSON.stringify({ queryId: streamId })
  }

  next(args: JsonObject): string | Promise<string> {
    const stream = this.#streams.get(numberArgument(args, 'queryId'))
    if (stream === undefined) throw new Error('The query was closed')
    const preparing = stream.prepare(this.#breathe)
    return preparing === undefined ? this.#nextOf(stream) : preparing.then(() => this.#nextOf(stream))
  }

  #nextOf(stream: QueryStream): string {
    const scanned = stream.next()
    return scanned === null ? '{"value":null,"done":true}' : `{"value":${scanned.document.json},"done":false}`
  }

  closeStream(args: JsonObject): string {
    const streamId = numberArgument(args, 'queryId')
    this.#streams.get(streamId)?.close()
    this.#streams.delete(streamId)
    return '{}'
  }

  async page(args: JsonObject): Promise<string> {
    if (this.#component.path !== '') throw new Error('Only the app can paginate: a component must take rows instead.')
    if (this.#nextJournal !== null || this.#isPaginating) {
      throw new Error(
        'This query or mutation function ran multiple paginated queries. ' +
          'Convex only supports a single paginated query in each function.',
      )
    }
    const request = {
      query: objectArgument(args, 'query'),
      cursor: optionalString(args, 'cursor') ?? null,
      endCursor: optionalString(args, 'endCursor') ?? this.#journal,
      pageSize: numberArgument(args, 'pageSize'),
      maximumRowsRead: optionalNumber(args, 'maximumRowsRead') ?? Infinity,
      maximumBytesRead: optionalNumber(args, 'maximumBytesRead') ?? Infinity,
    }
    this.#isPaginating = true
    const page = await readPage(this.#transaction, this.#component.catalog, request, this.#breathe).finally(
      () => (this.#isPaginating = false),
    )
    this.#nextJournal = page.continueCursor
    const { documents, ...rest } = page
    return `{"page":[${documents.map(({ json }) => json).join(',')}],${JSON.stringify(rest).slice(1)}`
  }

  count(args: JsonObject): string {
    const query = { source: { type: 'FullTableScan', tableName: stringArgument(args, 'table') }, operators: [] }
    const stream = new QueryStream(this.#transaction, planQuery(this.#component.catalog, query))
    let count = 0
    while (stream.next() !== null) count++
    stream.close()
    return JSON.stringify(count)
  }

  normalizeId(args: JsonObject): string {
    const id = stringArgument(args, 'idString')
    const table = this.#component.catalog.find(stringArgument(args, 'table'))
    const isOfTable = table !== undefined && decodeDocumentId(id)?.tableNumber === table.number
    return JSON.stringify({ id: isOfTable ? id : null })
  }

  /** Records what the queries that were left open have read. */
  close(): void {
    for (const stream of this.#streams.values()) stream.close()
    this.#streams.clear()
  }
}

function optionalNumber(args: JsonObject, name: string): number | undefined {
  const value = args[name]
  return typeof value === 'number' ? value : undefined
}
