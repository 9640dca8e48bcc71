/**
 * A property as the prototype's own getter reads it, whatever a page names like it. The getter is looked up once, when
 * it is first used (not all who load this have a DOM): `Reflect.get` with a receiver looks it up every time, which on a
 * page of thousands of nodes takes longer than what is done with them.
 */
export function ownGetter<N extends Node, T>(prototype: () => object, name: string): (node: N) => T {
  let get: ((this: N) => T) | undefined
  return (node) => {
    get ??= Object.getOwnPropertyDescriptor(prototype(), name)?.get ?? inherited(prototype(), name)
    return get.call(node)
  }
}

/** Where the property is defined further up, or is no getter. */
function inherited<N extends Node, T>(prototype: object, name: string): (this: N) => T {
  return function read(this: N): T {
    return Reflect.get(prototype, name, this)
  }
}
