import type { JsonObject } from '../values/json-object.ts'
import { canonicalPath, childComponent, componentOf, pathIn } from './function-path.ts'
import { FunctionNotFound, type FunctionRegistry } from './function-registry.ts'

const childReference = '_reference/childComponent/'

/**
 * The path of the function that a `run…`, `schedule` or `createFunctionHandle` syscall names, as seen from the function
 * `caller`: one of its own component by name, a public one of a child component by reference, or any by its handle.
 */
export function functionAddress(args: JsonObject, caller: string, registry: FunctionRegistry): string {
  const { name, functionHandle, reference } = args
  if (typeof functionHandle === 'string') return canonicalPath(functionHandle)
  if (typeof name === 'string') return ownFunction(name, componentOf(caller))
  if (typeof reference === 'string') return childFunction(reference, componentOf(caller), registry)
  throw new TypeError('A function must be named by its name, a reference or a handle')
}

function ownFunction(name: string, component: string): string {
  if (name.includes(';')) throw new FunctionNotFound(`'${name}' names no function.`)
  return canonicalPath(pathIn(component, name))
}

/** `_reference/childComponent/<name>/<module path>/<function>` */
function childFunction(reference: string, component: string, registry: FunctionRegistry): string {
  if (!reference.startsWith(childReference)) throw new FunctionNotFound(`'${reference}' refers to no function.`)
  const [child = '', ...names] = reference.slice(childReference.length).split('/')
  const exported = names.pop() ?? ''
  const path = pathIn(childComponent(component, child), `${names.join('/')}:${exported}`)
  if (registry.findAny(path)?.isPublic === true) return path
  throw new FunctionNotFound(
    `Could not find public function '${[...names, exported].join('/')}' of the component '${child}'. ` +
      'Is it installed in `convex.config.ts`?',
  )
}
