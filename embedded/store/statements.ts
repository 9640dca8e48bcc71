import type { DatabaseSync, SQLOutputValue, StatementSync } from 'node:sqlite'

/** The prepared statements of a database by their text. Their rows are arrays. */
export class Statements {
  readonly #database: DatabaseSync
  readonly #statements = new Map<string, StatementSync>()

  constructor(database: DatabaseSync) {
    this.#database = database
  }

  of(sql: string): StatementSync {
    let statement = this.#statements.get(sql)
    if (statement === undefined) {
      statement = this.#database.prepare(sql)
      statement.setReturnArrays(true)
      this.#statements.set(sql, statement)
    }
    return statement
  }
}

/** The types of `node:sqlite` do not know of `setReturnArrays`. */
export function values(row: unknown): readonly SQLOutputValue[] {
  if (!Array.isArray(row)) throw new TypeError('SQLite returned a row that is not an array')
  return row
}

export function integer(value: SQLOutputValue | undefined): number {
  if (typeof value !== 'number') throw unexpected('integer', value)
  return value
}

export function bigint(value: SQLOutputValue | undefined): bigint {
  if (typeof value !== 'bigint') throw unexpected('bigint', value)
  return value
}

export function text(value: SQLOutputValue | undefined): string {
  if (typeof value !== 'string') throw unexpected('text', value)
  return value
}

export function blob(value: SQLOutputValue | undefined): Uint8Array {
  if (!(value instanceof Uint8Array)) throw unexpected('blob', value)
  return value
}

function unexpected(expected: string, value: unknown): Error {
  return new TypeError(`The database holds ${typeof value} where ${expected} is expected; the file is damaged.`)
}
