/**
 * A property as the prototype's own getter reads it, whatever a page names like it. The getter is looked up once, when
 * it is first used (not all who load this have a DOM): `Reflect.get` with a receiver looks it up every time, which on a
 * page of thousands of nodes takes longer than what is done with them.
 */
export function ownGetter<N extends Node, K extends keyof N>(prototype: () => N, name: K): (node: N) => N[K] {
  let get: ((this: N) => N[K]) | undefined
  return (node) => {
    get ??= Object.getOwnPropertyDescriptor(prototype(), name)?.get ?? read
    return get.call(node)
  }

  /** Where the property is defined further up, or is no getter. */
  function read(this: N): N[K] {
    return Reflect.get(prototype(), name, this)
  }
}
