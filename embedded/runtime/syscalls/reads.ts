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
  readonly #streams = new Map<number, QueryStream>()
  #nextStream = 1
  #nextJournal: string | null = null

  /** `journal` is what `journal` gave when the same query ran before. */
  constructor(transaction: Transaction, component: Component, journal: string | null) {
    this.#transaction = transaction
    this.#component = component
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

  next(args: JsonObject): string {
    const stream = this.#streams.get(numberArgument(args, 'queryId'))
    if (stream === undefined) throw new Error('The query was closed')
    const scanned = stream.next()
    return scanned === null ? '{"value":null,"done":true}' : `{"value":${scanned.document.json},"done":false}`
  }

  closeStream(args: JsonObject): string {
    const streamId = numberArgument(args, 'queryId')
    this.#streams.get(streamId)?.close()
    this.#streams.delete(streamId)
    return '{}'
  }

  page(args: JsonObject): string {
    if (this.#component.path !== '') throw new Error('Only the app can paginate: a component must take rows instead.')
    if (this.#nextJournal !== null) {
      throw new Error(
        'This query or mutation function ran multiple paginated queries. ' +
          'Convex only supports a single paginated query in each function.',
      )
    }
    const page = readPage(this.#transaction, this.#component.catalog, {
      query: objectArgument(args, 'query'),
      cursor: optionalString(args, 'cursor') ?? null,
      endCursor: optionalString(args, 'endCursor') ?? this.#journal,
      pageSize: numberArgument(args, 'pageSize'),
      maximumRowsRead: optionalNumber(args, 'maximumRowsRead') ?? Infinity,
      maximumBytesRead: optionalNumber(args, 'maximumBytesRead') ?? Infinity,
    })
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
