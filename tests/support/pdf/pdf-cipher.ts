import { createHash } from 'node:crypto'

export interface PdfCipher {
  /** The document's identifier, in hex: it is part of the key. */
  readonly id: string
  /** The body of the `/Encrypt` dictionary. */
  readonly dictionary: string
  encrypt(data: Buffer, objectNumber: number): Buffer
}

const padding = Buffer.from('28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a', 'hex')
const KEY_BYTES = 5
const permissions = Buffer.from([0xfc, 0xff, 0xff, 0xff])

/** The standard security handler of revision 2: RC4 with a key of 40 bits (PDF 32000-1, 7.6.3). */
export function cipherFor(password: string): PdfCipher {
  const id = md5(Buffer.from(`id of ${password}`))
  const padded = Buffer.concat([Buffer.from(password, 'latin1'), padding]).subarray(0, padding.length)
  const owner = rc4(md5(padded).subarray(0, KEY_BYTES), padded)
  const key = md5(Buffer.concat([padded, owner, permissions, id])).subarray(0, KEY_BYTES)
  const user = rc4(key, padding)
  return {
    id: id.toString('hex'),
    dictionary: `<< /Filter /Standard /V 1 /R 2 /P -4 /O <${owner.toString('hex')}> /U <${user.toString('hex')}> >>`,
    encrypt: (data, objectNumber) => {
      const suffix = Buffer.from([objectNumber & 255, (objectNumber >> 8) & 255, (objectNumber >> 16) & 255, 0, 0])
      return rc4(md5(Buffer.concat([key, suffix])).subarray(0, KEY_BYTES + 5), data)
    },
  }
}

function md5(data: Buffer): Buffer {
  return createHash('md5').update(data).digest()
}

/** By hand: OpenSSL has put RC4 among the ciphers it no longer offers. */
function rc4(key: Buffer, data: Buffer): Buffer {
  const state = Uint8Array.from({ length: 256 }, (_, at) => at)
  const swap = (a: number, b: number): void => {
    const kept = state[a] ?? 0
    state[a] = state[b] ?? 0
    state[b] = kept
  }
  for (let i = 0, j = 0; i < 256; i += 1) {
    j = (j + (state[i] ?? 0) + (key[i % key.length] ?? 0)) & 255
    swap(i, j)
  }
  let [i, j] = [0, 0]
  return Buffer.from(
    data.map((byte) => {
      i = (i + 1) & 255
      j = (j + (state[i] ?? 0)) & 255
      swap(i, j)
      return byte ^ (state[((state[i] ?? 0) + (state[j] ?? 0)) & 255] ?? 0)
    }),
  )
}
