/** Crockford's alphabet in lower case: ascending in ASCII, so that equal-length encodings sort as their bytes do. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'
const digits = new Map([...alphabet].map((character, digit) => [character, digit]))

/** Bits are taken most significant first; the last character is padded with zero bits. */
export function encodeBase32(bytes: Uint8Array): string {
  let text = ''
  let bits = 0
  let pending = 0
  for (const byte of bytes) {
    pending = (pending << 8) | byte
    bits += 8
    while (bits >= 5) {
      bits -= 5
      text += alphabet.charAt((pending >> bits) & 31)
    }
    pending &= (1 << bits) - 1
  }
  return bits > 0 ? text + alphabet.charAt((pending << (5 - bits)) & 31) : text
}

/** Null for a character outside the alphabet, or for padding bits that are not zero. */
export function decodeBase32(text: string): Uint8Array | null {
  const bytes = new Uint8Array(Math.floor((text.length * 5) / 8))
  let length = 0
  let bits = 0
  let pending = 0
  for (const character of text) {
    const digit = digits.get(character)
    if (digit === undefined) return null
    pending = (pending << 5) | digit
    bits += 5
    if (bits >= 8) {
      bits -= 8
      bytes[length++] = pending >> bits
      pending &= (1 << bits) - 1
    }
  }
  return pending === 0 && bits < 5 ? bytes : null
}
