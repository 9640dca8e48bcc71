import type { ValidatorJSON } from 'convex/values'
import type { FunctionKind } from './engine.ts'
import { canonicalPath, componentOf, pathIn } from './function-path.ts'
import type { Modules } from './import-modules.ts'
import { isValidator } from './schema.ts'

export interface FunctionDefinition {
  /** Canonical: `folder/module:function`, behind its component. */
  readonly path: string
  readonly kind: FunctionKind
  readonly isPublic: boolean
  readonly args: ValidatorJSON
  readonly returns: ValidatorJSON | null
  /** Takes the arguments as a JSON array, gives the result as JSON. */
  readonly invoke: (argsJson: string) => Promise<string>
}

/** Every function that the app and its components export, by path. */
export class FunctionRegistry {
  readonly #functions = new Map<string, FunctionDefinition>()

  constructor(components: Iterable<{ readonly path: string; readonly modules: Modules }>) {
    for (const { path, modules } of components) {
      for (const [module, exports] of modules) {
        for (const [name, value] of Object.entries(exports)) {
          const definition = define(pathIn(path, `${module}:${name}`), value)
          if (definition !== null) this.#functions.set(definition.path, definition)
        }
      }
    }
  }

  /**
   * Throws, as Convex does, when there is no such function of that kind which the caller may see. What a component
   * exports is public to the one that installed it, not to clients.
   */
  find(path: string, kind: FunctionKind, isInternalAllowed: boolean): FunctionDefinition {
    const definition = this.findAny(path)
    const isExposed = definition?.isPublic === true && componentOf(definition.path) === ''
    if (definition === undefined || (!isExposed && !isInternalAllowed)) {
      throw new FunctionNotFound(
        `Could not find ${isInternalAllowed ? '' : 'public '}function for '${canonicalPath(path)}'. ` +
          'Did you forget to run `npx convex dev` or `npx convex deploy`?',
      )
    }
    if (definition.kind !== kind) {
      const named = (word: string) => word.charAt(0).toUpperCase() + word.slice(1)
      throw new FunctionNotFound(
        `Trying to execute ${definition.path} as ${named(kind)}, but it is defined as ${named(definition.kind)}.`,
      )
    }
    return definition
  }

  findAny(path: string): FunctionDefinition | undefined {
    return this.#functions.get(canonicalPath(path))
  }

  paths(): string[] {
    return [...this.#functions.keys()]
  }
}

export class FunctionNotFound extends Error {}

function define(path: string, value: unknown): FunctionDefinition | null {
  if (typeof value !== 'function') return null
  for (const [kind, flag, invoker] of kinds) {
    if (property(value, flag) !== true) continue
    const invoke = property(value, invoker)
    if (typeof invoke !== 'function') return null
    return {
      path,
      kind,
      isPublic: property(value, 'isPublic') === true,
      args: exported(value, 'exportArgs') ?? { type: 'any' },
      returns: exported(value, 'exportReturns'),
      invoke: async (argsJson) => {
        const result: unknown = await (kind === 'action' ? invoke('', argsJson) : invoke(argsJson))
        if (typeof result !== 'string') throw new TypeError(`${path} gave no JSON`)
        return result
      },
    }
  }
  return null
}

const kinds = [
  ['query', 'isQuery', 'invokeQuery'],
  ['mutation', 'isMutation', 'invokeMutation'],
  ['action', 'isAction', 'invokeAction'],
] as const

function exported(value: object, name: string): ValidatorJSON | null {
  const exporter = property(value, name)
  if (typeof exporter !== 'function') return null
  const text: unknown = exporter()
  const json: unknown = typeof text === 'string' ? JSON.parse(text) : null
  return isValidator(json) ? json : null
}

function property(value: object, name: string): unknown {
  return Reflect.get(value, name)
}
