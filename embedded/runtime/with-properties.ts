/** The target itself, but for the properties given here. Its methods work without it, and keep what they carry. */
export function withProperties<Target extends object>(target: Target, own: Readonly<Record<string, unknown>>): Target {
  return new Proxy(target, {
    get: (_target, property) => {
      if (typeof property === 'string' && Object.hasOwn(own, property)) return own[property]
      const value: unknown = Reflect.get(target, property, target)
      return typeof value === 'function' ? calledOn(target, value) : value
    },
  })
}

/** Unlike what `bind` gives, it has the function's own properties: `process.hrtime.bigint`. */
function calledOn(target: object, method: Function): Function {
  return new Proxy(method, { apply: (_method, _self, args) => Reflect.apply(method, target, args) })
}
