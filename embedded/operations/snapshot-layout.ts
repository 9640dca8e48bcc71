import type { StoredTable } from '../store/store.ts'

/**
 * The files in a snapshot export of Convex: documents as lines of JSON, and the tables with their numbers. Those of a
 * component lie in `_components/outer/_components/inner/`.
 */
export type TableName = Pick<StoredTable, 'component' | 'name'>

const components = String.raw`((?:_components/\w+/)*)`

export function tablesEntry(component: string): string {
  return `${folderOf(component)}_tables/documents.jsonl`
}

export function documentsEntry({ component, name }: TableName): string {
  return `${folderOf(component)}${name}/documents.jsonl`
}

/** The component whose tables an entry lists; null for other entries. */
export function componentOfEntry(entry: string): string | null {
  const [, folder] = new RegExp(`^${components}_tables/documents\\.jsonl$`).exec(entry) ?? []
  return folder === undefined ? null : componentIn(folder)
}

/** The table whose documents an entry holds; null for other entries, and for tables of the system. */
export function tableOfEntry(entry: string): TableName | null {
  const [, folder, name] = new RegExp(`^${components}([A-Za-z]\\w*)/documents\\.jsonl$`).exec(entry) ?? []
  return folder === undefined || name === undefined ? null : { component: componentIn(folder), name }
}

function folderOf(component: string): string {
  return component.replaceAll(/([^/]+)\/?/g, '_components/$1/')
}

function componentIn(folder: string): string {
  return folder.replaceAll('_components/', '').slice(0, -1)
}
