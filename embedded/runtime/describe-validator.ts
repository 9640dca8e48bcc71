import { jsonToConvex, type ValidatorJSON } from 'convex/values'

const names: Partial<Record<ValidatorJSON['type'], string>> = { number: 'float64', bigint: 'int64' }

/** A validator as one would write it: `v.object({name: v.string()})`. */
export function describeValidator(validator: ValidatorJSON): string {
  switch (validator.type) {
    case 'id':
      return `v.id("${validator.tableName}")`
    case 'literal':
      return `v.literal(${describeLiteral(validator)})`
    case 'array':
      return `v.array(${describeValidator(validator.value)})`
    case 'union':
      return `v.union(${validator.value.map(describeValidator).join(', ')})`
    case 'record':
      return `v.record(${describeValidator(validator.keys)}, ${describeValidator(validator.values.fieldType)})`
    case 'object': {
      const fields = Object.entries(validator.value).map(([name, { fieldType, optional }]) => {
        const described = describeValidator(fieldType)
        return `${name}: ${optional ? `v.optional(${described})` : described}`
      })
      return `v.object({${fields.join(', ')}})`
    }
    default:
      return `v.${names[validator.type] ?? validator.type}()`
  }
}

function describeLiteral({ value }: Extract<ValidatorJSON, { type: 'literal' }>): string {
  const literal = jsonToConvex(value)
  return typeof literal === 'bigint' ? `${literal}n` : JSON.stringify(literal)
}
