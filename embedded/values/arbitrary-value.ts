import type { Value } from 'convex/values'

type Random = () => number

const numbers = [0, -0, 1, -1, 0.1, -0.1, 2 ** 53, -(2 ** 53), 5e-324, -5e-324, Infinity, -Infinity, NaN]
const integers = [0n, 1n, -1n, 255n, 256n, -256n, 2n ** 63n - 1n, -(2n ** 63n)]
const characters = ['', '\0', '\u0001', 'a', 'b', 'aa', '\u007f', 'é', '\u07ff', '\u0800', '\uffff', '😀', '\u{10ffff}']
const bytes = [0, 1, 127, 128, 254, 255]
const fields = ['a', 'b', 'ab', 'B', '_', '0', ' ', '~', 'a b']

/** A random Convex value for property tests, rich in the cases where an encoding goes wrong. */
export function arbitraryValue(random: Random, depth = 3): Value {
  const kinds = depth > 0 ? 8 : 6
  switch (Math.floor(random() * kinds)) {
    case 0:
      return null
    case 1:
      return random() < 0.5 ? pick(random, integers) : BigInt.asIntN(64, randomBits(random))
    case 2:
      return random() < 0.5 ? pick(random, numbers) : randomFloat(random)
    case 3:
      return random() < 0.5
    case 4:
      return listOf(random, () => (random() < 0.7 ? pick(random, characters) : randomCharacter(random))).join('')
    case 5:
      return Uint8Array.from(listOf(random, () => pick(random, bytes))).buffer
    case 6:
      return listOf(random, () => arbitraryValue(random, depth - 1))
    default:
      return Object.fromEntries(listOf(random, () => [pick(random, fields), arbitraryValue(random, depth - 1)]))
  }
}

/** The value, or one that differs from it in a single place: the pairs that are hardest to tell apart. */
export function neighbourOf(random: Random, value: Value): Value {
  if (typeof value === 'string') return value + pick(random, characters)
  if (typeof value === 'bigint') return BigInt.asIntN(64, value + 1n)
  if (typeof value === 'number') return value === 0 ? -value : value * (1 + Number.EPSILON)
  if (Array.isArray(value)) {
    if (value.length === 0 || random() < 0.3) return [...value, arbitraryValue(random, 0)]
    const place = Math.floor(random() * value.length)
    return value.map((element, at) => (at === place ? neighbourOf(random, element) : element))
  }
  if (typeof value === 'object' && value !== null && !(value instanceof ArrayBuffer)) {
    const names = Object.keys(value)
    if (names.length === 0 || random() < 0.3) return { ...value, [pick(random, fields)]: arbitraryValue(random, 0) }
    const name = pick(random, names)
    return { ...value, [name]: neighbourOf(random, Reflect.get(value, name)) }
  }
  return arbitraryValue(random, 0)
}

function randomBits(random: Random): bigint {
  return (BigInt(Math.floor(random() * 2 ** 32)) << 32n) | BigInt(Math.floor(random() * 2 ** 32))
}

/** Half of them with any bits at all, NaNs of either sign among them. */
function randomFloat(random: Random): number {
  if (random() < 0.5) return (random() - 0.5) * 10 ** Math.floor(random() * 40 - 20)
  const view = new DataView(new ArrayBuffer(8))
  view.setBigUint64(0, randomBits(random))
  return view.getFloat64(0)
}

/** Any code point that is no surrogate. */
function randomCharacter(random: Random): string {
  const point = Math.floor(random() * (0x11_0000 - 0x800))
  return String.fromCodePoint(point < 0xd800 ? point : point + 0x800)
}

function listOf<Item>(random: Random, item: () => Item): Item[] {
  return Array.from({ length: Math.floor(random() * 4) }, item)
}

function pick<Item>(random: Random, items: readonly Item[]): Item {
  const item = items[Math.floor(random() * items.length)]
  if (item === undefined) throw new RangeError('Nothing to pick from')
  return item
}
