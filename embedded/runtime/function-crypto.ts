import { refuseInTransaction } from './only-in-actions.ts'
import { withProperties } from './with-properties.ts'

type RandomMethod = 'generateKey' | 'sign' | 'encrypt' | 'wrapKey'

/**
 * `crypto` as functions see it. As on Convex, random values and UUIDs are for all; keys, and those signatures and
 * ciphers that need randomness, for actions only.
 */
export const functionCrypto = withProperties(crypto, {
  subtle: withProperties(crypto.subtle, {
    generateKey: random('generateKey', () => true),
    sign: random('sign', ([algorithm]) => isNamed(algorithm, ['ECDSA', 'RSA-PSS'])),
    encrypt: random('encrypt', ([algorithm]) => isNamed(algorithm, ['RSA-OAEP'])),
    wrapKey: random('wrapKey', ([, , , algorithm]) => isNamed(algorithm, ['RSA-OAEP'])),
  }),
})

function random<Name extends RandomMethod>(
  name: Name,
  needsRandomness: (args: readonly unknown[]) => boolean,
): SubtleCrypto[Name] {
  return new Proxy(crypto.subtle[name], {
    apply: async (method, _self, args: readonly unknown[]) => {
      if (needsRandomness(args)) refuseInTransaction('cryptographic randomness')
      return await Reflect.apply(method, crypto.subtle, args)
    },
  })
}

/** An algorithm is its name, in any case, or an object that has one. */
function isNamed(algorithm: unknown, names: readonly string[]): boolean {
  const name: unknown = typeof algorithm === 'object' && algorithm !== null ? Reflect.get(algorithm, 'name') : algorithm
  return typeof name === 'string' && names.includes(name.toUpperCase())
}
