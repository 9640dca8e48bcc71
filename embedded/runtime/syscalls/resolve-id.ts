import { decodeDocumentId } from '../../values/document-id.ts'
import type { Catalog, TableDefinition } from '../catalog.ts'

/**
 * The table an id belongs to; null for an id of a table that does not exist. Throws on what is no id, or an id of
 * another table than the one named.
 */
export function resolveId(catalog: Catalog, id: string, method: string, tableName?: string): TableDefinition | null {
  const decoded = decodeDocumentId(id)
  if (decoded === null) throw new Error(`Invalid argument \`id\` for \`db.${method}\`: Unable to decode ID: '${id}'`)
  const table = catalog.byNumber(decoded.tableNumber) ?? null
  if (tableName !== undefined && table?.name !== tableName) {
    throw new Error(
      `Invalid argument \`id\` for \`db.${method}\`, expected ID in table '${tableName}' ` +
        `but got ID in table '${table?.name ?? 'unknown'}'`,
    )
  }
  return table
}
