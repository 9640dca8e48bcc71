import type { Value } from 'convex/values'

type Random = () => number

const numbers = [0, -0, 1, -1, 0.1, -0.1, 2 ** 53, -(2 ** 53), 5e-324, -5e-324, Infinity, -Infinity, NaN]
const integers = [0n, 1n, -1n, 255n, 256n, -256n, 2n ** 63n - 1n, -(2n ** 63n)]
const characters = ['', '\0', '\u0001', 'a', 'b', 'aa', '\u007f', 'é', '\u07ff', '\u0800', '\uffff', '😀', '\u{10ffff}']
const bytes = [0, 1, 127, 128, 254, 255]

/** A random Convex value for property tests, rich in the cases where an encoding goes wrong. */
export function arbitraryValue(random: Random, depth = 3): Value {
  const kinds = depth > 0 ? 8 : 6
  switch (Math.floor(random() * kinds)) {
    case 0:
      return null
    case 1:
      return random() < 0.5 ? pick(random, integers) : BigInt(Math.floor((random() - 0.5) * 2 ** 40))
    case 2:
      return random() < 0.5 ? pick(random, numbers) : (random() - 0.5) * 10 ** Math.floor(random() * 40 - 20)
    case 3:
      return random() < 0.5
    case 4:
      return listOf(random, () => pick(random, characters)).join('')
    case 5:
      return Uint8Array.from(listOf(random, () => pick(random, bytes))).buffer
    case 6:
      return listOf(random, () => arbitraryValue(random, depth - 1))
    default:
      return Object.fromEntries(
        listOf(random, () => [pick(random, ['a', 'b', 'ab', 'B', '_', '0']), arbitraryValue(random, depth - 1)]),
      )
  }
}

function listOf<Item>(random: Random, item: () => Item): Item[] {
  return Array.from({ length: Math.floor(random() * 4) }, item)
}

function pick<Item>(random: Random, items: readonly Item[]): Item {
  const item = items[Math.floor(random() * items.length)]
  if (item === undefined) throw new RangeError('Nothing to pick from')
  return item
}
