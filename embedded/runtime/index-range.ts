import { jsonToConvex, type JSONValue, type Value } from 'convex/values'
import type { Order } from '../store/store.ts'
import { afterPrefix, encodeIndexKey } from '../values/index-key.ts'
import { isJsonObject } from '../values/json-object.ts'
import type { IndexDefinition } from './catalog.ts'
import type { KeyRange } from './index-scan.ts'

export interface RangeExpression {
  readonly type: 'Eq' | 'Gt' | 'Gte' | 'Lt' | 'Lte'
  readonly fieldPath: string
  readonly value: JSONValue
}

/** The keys an index range covers. Throws when the expressions do not follow the order of the index's fields. */
export function toKeyRange(index: IndexDefinition, expressions: readonly RangeExpression[], order: Order): KeyRange {
  const equal: (Value | undefined)[] = []
  let lower: RangeExpression | undefined
  let upper: RangeExpression | undefined
  for (const expression of expressions) {
    const field = index.fields[equal.length]
    if (expression.fieldPath !== field) throw wrongField(index, expression, field)
    if (expression.type === 'Eq') {
      if (lower !== undefined || upper !== undefined) throw wrongOrder(expression)
      equal.push(boundValue(expression.value))
    } else if (expression.type === 'Gt' || expression.type === 'Gte') {
      if (lower !== undefined) throw wrongOrder(expression)
      lower = expression
    } else {
      if (upper !== undefined) throw wrongOrder(expression)
      upper = expression
    }
  }
  const prefix = encodeIndexKey(equal)
  return {
    lower: lower === undefined ? prefix : (bound(equal, lower, lower.type === 'Gt') ?? prefix),
    upper: upper === undefined ? afterPrefix(prefix) : bound(equal, upper, upper.type === 'Lte'),
    order,
  }
}

/** A literal in a range or filter; `undefined` travels as `{ $undefined: null }`. */
export function boundValue(json: JSONValue): Value | undefined {
  return isJsonObject(json) && '$undefined' in json ? undefined : jsonToConvex(json)
}

/** The key of `equal` and the bound, or the one after every key that begins so. */
function bound(equal: readonly (Value | undefined)[], { value }: RangeExpression, isAfter: boolean): Uint8Array | null {
  const key = encodeIndexKey([...equal, boundValue(value)])
  return isAfter ? afterPrefix(key) : key
}

function wrongField(index: IndexDefinition, { fieldPath, type }: RangeExpression, expected: string | undefined): Error {
  return new Error(
    `Incorrect field used in \`withIndex\` on ${index.name}: expected ` +
      `${expected === undefined ? 'no further field' : `"${expected}"`}, got \`.${type.toLowerCase()}("${fieldPath}")\`. ` +
      'The fields of a range must be given in the order of the index.',
  )
}

function wrongOrder({ fieldPath, type }: RangeExpression): Error {
  return new Error(
    `Incorrect operator used in \`withIndex\`: \`.${type.toLowerCase()}("${fieldPath}")\` cannot come here.`,
  )
}
