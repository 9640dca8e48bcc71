import type { JSONValue, ValidatorJSON } from 'convex/values'
import { isJsonObject, type JsonObject } from '../values/json-object.ts'
import { isValidator } from './schema.ts'

/** What a `convex.config.ts` says. */
export interface ComponentDefinition {
  readonly children: readonly ComponentUse[]
  /** The environment variables it declares, by name. */
  readonly declared: ReadonlyMap<string, DeclaredVariable>
  /** Where the app serves its own HTTP routes, as it was written; null: at the root, and for components. */
  readonly httpPrefix: string | null
}

/** A component that another one, or the app, installs. */
export interface ComponentUse {
  readonly name: string
  /** Where its config lies, and with it its functions. */
  readonly folder: string
  /** What its environment variables get, by name. */
  readonly env: ReadonlyMap<string, EnvBinding>
  /** Where its HTTP routes lie among those of the one that installs it, as it was written; null: nowhere. */
  readonly httpPrefix: string | null
}

export interface DeclaredVariable {
  readonly type: ValidatorJSON
  readonly isOptional: boolean
}

/** A text, or a variable of the one that installs it. */
export type EnvBinding =
  | { readonly type: 'value'; readonly value: string }
  | { readonly type: 'envVar'; readonly name: string }

/** Reads what `defineApp` or `defineComponent` gave. Throws one sentence when it is neither. */
export function parseDefinition(exported: unknown): ComponentDefinition {
  const exporter: unknown =
    typeof exported === 'object' && exported !== null ? Reflect.get(exported, 'export') : undefined
  const analysis: unknown = typeof exporter === 'function' ? Reflect.apply(exporter, exported, []) : undefined
  if (!isJsonObject(analysis) || !Array.isArray(analysis['childComponents'])) {
    throw new Error('convex.config.ts must export what `defineApp` or `defineComponent` gives as default')
  }
  const prefixes = usedPrefixes(exported)
  return {
    children: analysis['childComponents']
      .filter(isJsonObject)
      .map((use, position) => parseUse(use, prefixes[position] ?? null)),
    declared: new Map(pairs(analysis['envVars']).map(([name, value]) => [name, parseVariable(name, value)])),
    httpPrefix: typeof analysis['httpPrefix'] === 'string' ? analysis['httpPrefix'] : null,
  }
}

/**
 * The `httpPrefix` of each `use`, in their order. What `export()` tells is not enough: of two components with the same
 * prefix it has lost the first.
 */
function usedPrefixes(exported: unknown): (string | null)[] {
  const uses: unknown =
    typeof exported === 'object' && exported !== null ? Reflect.get(exported, '_childComponents') : []
  return (Array.isArray(uses) ? uses : []).map((use: unknown) => {
    const prefix: unknown = Array.isArray(use) ? use[3] : undefined
    return typeof prefix === 'string' ? prefix : null
  })
}

function parseUse({ name, path, env }: JsonObject, httpPrefix: string | null): ComponentUse {
  if (typeof name !== 'string' || typeof path !== 'string') throw new Error('convex.config.ts uses a broken component')
  const bindings = new Map(pairs(env).map(([key, value]) => [key, parseBinding(key, value)]))
  return { name, folder: path, env: bindings, httpPrefix }
}

function parseBinding(key: string, { type, value, name }: JsonObject): EnvBinding {
  if (type === 'value' && typeof value === 'string') return { type, value }
  if (type === 'envVar' && typeof name === 'string') return { type, name }
  throw new Error(`convex.config.ts gives the environment variable ${key} a value that cannot be read`)
}

function parseVariable(name: string, { value, optional }: JsonObject): DeclaredVariable {
  const type: unknown = typeof value === 'string' ? JSON.parse(value) : undefined
  if (!isValidator(type)) throw new Error(`convex.config.ts declares the environment variable ${name} without a type`)
  return { type, isOptional: optional === true }
}

function pairs(json: JSONValue | undefined): [string, JsonObject][] {
  return (Array.isArray(json) ? json : []).flatMap((pair): [string, JsonObject][] => {
    const [name, value] = Array.isArray(pair) ? pair : []
    return typeof name === 'string' && isJsonObject(value) ? [[name, value]] : []
  })
}
