import { getDocumentSize, jsonToConvex, type JSONValue } from 'convex/values'
import type { DocumentRow } from '../store/store.ts'
import { searchTerms, type SearchTerms } from '../search/search-entry.ts'
import { isConvexObject, valueAtPath, type ConvexObject, type FieldPath } from '../values/field-path.ts'
import { encodeIndexKey } from '../values/index-key.ts'
import type { IndexDefinition } from './catalog.ts'

/** One version of a document. Parsed only when a field is needed: most reads pass the text on as it is. */
export class Document {
  readonly json: string
  readonly size: number
  /** Null until the version is committed. */
  readonly rowId: number | null
  #value: ConvexObject | undefined
  readonly #keys = new Map<number, Uint8Array>()
  readonly #terms = new Map<string, SearchTerms>()

  constructor(json: string, size: number, rowId: number | null, value?: ConvexObject) {
    this.json = json
    this.size = size
    this.rowId = rowId
    this.#value = value
  }

  static stored({ json, size, rowId }: DocumentRow): Document {
    return new Document(json, size, rowId)
  }

  /** `json` must be a document in Convex's encoding, system fields included. */
  static written(json: JSONValue): Document {
    const value = jsonToConvex(json)
    if (!isConvexObject(value)) throw new TypeError('A document must be an object')
    return new Document(JSON.stringify(json), getDocumentSize(value), null, value)
  }

  get value(): ConvexObject {
    if (this.#value === undefined) {
      const parsed: JSONValue = JSON.parse(this.json)
      const value = jsonToConvex(parsed)
      if (!isConvexObject(value)) throw new TypeError('A stored document is not an object; the file is damaged.')
      this.#value = value
    }
    return this.#value
  }

  get id(): string {
    const id = this.value['_id']
    if (typeof id !== 'string') throw new TypeError('A stored document has no _id; the file is damaged.')
    return id
  }

  get creationTime(): number {
    const time = this.value['_creationTime']
    if (typeof time !== 'number') throw new TypeError('A stored document has no _creationTime; the file is damaged.')
    return time
  }

  /** Empty when there is no text at the path. */
  textAt(path: FieldPath): string {
    const value = valueAtPath(this.value, path)
    return typeof value === 'string' ? value : ''
  }

  /** The words of the text at the path. */
  termsAt(path: FieldPath): SearchTerms {
    const name = path.join('.')
    const known = this.#terms.get(name)
    if (known !== undefined) return known
    const terms = searchTerms(this.textAt(path))
    this.#terms.set(name, terms)
    return terms
  }

  keyIn(index: IndexDefinition): Uint8Array {
    const known = this.#keys.get(index.id)
    if (known !== undefined) return known
    const key = encodeIndexKey(index.paths.map((path) => valueAtPath(this.value, path)))
    this.#keys.set(index.id, key)
    return key
  }
}
