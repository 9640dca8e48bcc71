import { compareValues, type JSONValue, type Value } from 'convex/values'
import { parseFieldPath, valueAtPath, type ConvexObject } from '../values/field-path.ts'
import { isJsonObject } from '../values/json-object.ts'
import { boundValue } from './index-range.ts'

type Result = Value | undefined
type Evaluate = (document: ConvexObject) => Result

/** Turns a serialized filter expression into a predicate. */
export function compileFilter(expression: JSONValue): (document: ConvexObject) => boolean {
  const evaluate = compile(expression)
  return (document) => isTrue(evaluate(document))
}

const comparisons: Record<string, (order: number) => boolean> = {
  $eq: (order) => order === 0,
  $neq: (order) => order !== 0,
  $lt: (order) => order < 0,
  $lte: (order) => order <= 0,
  $gt: (order) => order > 0,
  $gte: (order) => order >= 0,
}

const arithmetic: Record<string, readonly [(a: number, b: number) => number, (a: bigint, b: bigint) => bigint]> = {
  $add: [(a, b) => a + b, (a, b) => BigInt.asIntN(64, a + b)],
  $sub: [(a, b) => a - b, (a, b) => BigInt.asIntN(64, a - b)],
  $mul: [(a, b) => a * b, (a, b) => BigInt.asIntN(64, a * b)],
  $div: [(a, b) => a / b, (a, b) => BigInt.asIntN(64, a / b)],
  $mod: [(a, b) => a % b, (a, b) => a % b],
}

function compile(expression: JSONValue): Evaluate {
  const [operator, operand] = isJsonObject(expression) ? (Object.entries(expression)[0] ?? []) : []
  if (operator === undefined || operand === undefined) throw unknownFilter(expression)
  const compare = comparisons[operator]
  if (compare !== undefined) {
    const [left, right] = pair(operand)
    return (document) => compare(compareValues(left(document), right(document)))
  }
  const calculate = arithmetic[operator]
  if (calculate !== undefined) {
    const [left, right] = pair(operand)
    return (document) => apply(operator, calculate, left(document), right(document))
  }
  return compileOther(operator, operand, expression)
}

function compileOther(operator: string, operand: JSONValue, expression: JSONValue): Evaluate {
  switch (operator) {
    case '$and': {
      const operands = list(operand).map(compile)
      return (document) => operands.every((evaluate) => isTrue(evaluate(document)))
    }
    case '$or': {
      const operands = list(operand).map(compile)
      return (document) => operands.some((evaluate) => isTrue(evaluate(document)))
    }
    case '$not': {
      const evaluate = compile(operand)
      return (document) => !isTrue(evaluate(document))
    }
    case '$neg': {
      const evaluate = compile(operand)
      return (document) => negate(evaluate(document))
    }
    case '$field': {
      if (typeof operand !== 'string') throw unknownFilter(expression)
      const path = parseFieldPath(operand)
      return (document) => valueAtPath(document, path)
    }
    case '$literal': {
      const value = boundValue(operand)
      return () => value
    }
    default:
      throw unknownFilter(expression)
  }
}

function apply(
  operator: string,
  [onNumbers, onIntegers]: readonly [(a: number, b: number) => number, (a: bigint, b: bigint) => bigint],
  left: Result,
  right: Result,
): Value {
  if (typeof left === 'number' && typeof right === 'number') return onNumbers(left, right)
  if (typeof left === 'bigint' && typeof right === 'bigint') return onIntegers(left, right)
  throw new Error(`${operator} needs two numbers of the same type`)
}

function negate(value: Result): Value {
  if (typeof value === 'number') return -value
  if (typeof value === 'bigint') return BigInt.asIntN(64, -value)
  throw new Error('$neg needs a number')
}

function pair(operand: JSONValue): [Evaluate, Evaluate] {
  const [left, right] = list(operand)
  if (left === undefined || right === undefined) throw unknownFilter(operand)
  return [compile(left), compile(right)]
}

function list(operand: JSONValue): JSONValue[] {
  if (!Array.isArray(operand)) throw unknownFilter(operand)
  return operand
}

/** As in JavaScript: a missing field, null, 0 and the empty string count as false. */
function isTrue(value: Result): boolean {
  return Boolean(value)
}

function unknownFilter(expression: JSONValue): Error {
  return new Error(`Not a filter expression: ${JSON.stringify(expression)}`)
}
