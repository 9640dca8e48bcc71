import { describe, expect, it } from 'vitest'
import schema from './schema.ts'

/** Every source file of this folder that is bundled, as text. */
const sources: Record<string, string> = import.meta.glob(['./**/*.ts', '!./**/*.*.ts', '!./_generated/**'], {
  query: '?raw',
  import: 'default',
  eager: true,
})

const files = Object.entries(sources)

/** What a file imports at run time. */
function importsOf(source: string): string[] {
  const statements = source.matchAll(
    /^(import|export) (type )?(?:(?!\n(?:import|export|const|function) )[^])*? from '([^']+)'/gm,
  )
  return [...statements].filter(([, , typeOnly]) => !typeOnly).map(([, , , from]) => from ?? '')
}

const pathsWhere = (breaks: (source: string, path: string) => boolean): string[] =>
  files.filter(([path, source]) => breaks(source, path)).map(([path]) => path)

describe('the source of this folder', () => {
  it('is read', () => {
    expect(files.length).toBeGreaterThan(40)
    expect(importsOf(sources['./functions.ts'] ?? '')).toContain('./_generated/server.js')
    expect(importsOf(sources['./ai/streamOnce.ts'] ?? '')).toContain('ai')
  })

  it('imports raw builders in functions.ts only', () => {
    const raw = pathsWhere((source) => importsOf(source).some((from) => from.endsWith('_generated/server.js')))
    expect(raw).toEqual(['./functions.ts'])
    expect(pathsWhere((source) => /\b(query|mutation|action|httpAction)Generic\b/.test(source))).toEqual([])
  })

  it('imports the AI SDK in ai/ only', () => {
    const sdk = pathsWhere((source) => importsOf(source).some((from) => /^(ai|@ai-sdk\/.*)$/.test(from)))
    expect(sdk.filter((path) => !path.startsWith('./ai/'))).toEqual([])
  })

  it('needs nothing of Node', () => {
    expect(
      pathsWhere((source) => importsOf(source).some((from) => /^(node:|fs$|path$|crypto$|buffer$)/.test(from))),
    ).toEqual([])
    expect(pathsWhere((source) => /\brequire\(|\bBuffer\.|'use node'|"use node"/.test(source))).toEqual([])
  })

  it('runs and schedules internal functions only', () => {
    expect(
      pathsWhere((source) => /(runQuery|runMutation|runAction|runAfter|runAt)\([^)]*\bapi\./.test(source)),
    ).toEqual([])
  })

  it('declares what each function takes and gives', () => {
    const count = (source: string, pattern: RegExp) => [...source.matchAll(pattern)].length
    const bare = pathsWhere((source) => {
      const declared = count(source, /= (user|internal)(Query|Mutation|Action)\(\{/g)
      return count(source, /^ {2}returns: /gm) < declared || count(source, /^ {2}args: /gm) < declared
    })
    expect(bare).toEqual([])
  })
})

describe('the schema', () => {
  it('indexes every id that it stores', () => {
    const unindexed: string[] = []
    let ids = 0
    for (const [name, table] of Object.entries(schema.tables)) {
      const firstFields = new Set(table[' indexes']().map(({ fields }) => fields[0]))
      for (const [field, value] of Object.entries(table.validator.fields)) {
        if (!holdsId(value)) continue
        ids++
        if (!firstFields.has(field)) unindexed.push(`${name}.${field}`)
      }
    }
    expect(unindexed).toEqual([])
    expect(ids).toBeGreaterThan(20)
  })
})

/** An id, or a union or array that may hold one. */
function holdsId(validator: unknown): boolean {
  if (validator === null || typeof validator !== 'object' || !('kind' in validator)) return false
  if (validator.kind === 'id') return true
  if (validator.kind === 'union' && 'members' in validator && Array.isArray(validator.members)) {
    return validator.members.some(holdsId)
  }
  return validator.kind === 'array' && 'element' in validator && holdsId(validator.element)
}
