import { open, type FileHandle } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { createInflateRaw, crc32 } from 'node:zlib'
import { deflated, inZip64, manyInZip64, signatures, stored, zip64Extra, type ZipEntry } from './zip-format.ts'

const endLength = 22
const locatorLength = 20
const longestComment = 0xffff
const localHeaderLength = 30
const centralHeaderLength = 46

/** Reads the entries of a zip archive, in any order, without holding any of them. Throws sentences. */
export class ZipReader implements AsyncDisposable {
  readonly entries: ReadonlyMap<string, ZipEntry>
  readonly #file: FileHandle
  readonly #path: string

  private constructor(path: string, file: FileHandle, entries: ReadonlyMap<string, ZipEntry>) {
    this.#path = path
    this.#file = file
    this.entries = entries
  }

  static async open(path: string): Promise<ZipReader> {
    const file = await open(path)
    try {
      return new ZipReader(path, file, await readDirectory(file, path))
    } catch (error) {
      await file.close()
      if (error instanceof RangeError) throw broken(path, error.message)
      throw error
    }
  }

  /** The content of an entry, in pieces. Throws at the end when it is not what was packed. */
  async *read({ name, method, crc, packedSize, size, offset }: ZipEntry): AsyncGenerator<Buffer> {
    const header = await bytesAt(this.#file, offset, localHeaderLength)
    if (header.readUInt32LE() !== signatures.localHeader) throw broken(this.#path, `${name} is not where it should be`)
    const start = offset + localHeaderLength + header.readUInt16LE(26) + header.readUInt16LE(28)
    if (method !== stored && method !== deflated) throw broken(this.#path, `${name} is packed by method ${method}`)
    let found = 0
    let length = 0
    const packed = pieces(this.#file, start, packedSize)
    try {
      for await (const chunk of method === stored ? packed : unpack(packed)) {
        found = crc32(chunk, found)
        length += chunk.length
        yield chunk
      }
    } catch (error) {
      throw broken(this.#path, `${name}: ${error instanceof Error ? error.message : String(error)}`)
    }
    if (found !== crc || length !== size) throw broken(this.#path, `${name} is not what was packed`)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#file.close()
  }
}

const pieceLength = 64 * 1024

async function* pieces(file: FileHandle, start: number, length: number): AsyncGenerator<Buffer> {
  for (let done = 0; done < length; done += pieceLength) {
    yield await bytesAt(file, start + done, Math.min(pieceLength, length - done))
  }
}

function unpack(packed: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  const source = Readable.from(packed)
  const inflate = createInflateRaw()
  source.on('error', (error) => inflate.destroy(error))
  inflate.on('close', () => source.destroy())
  return source.pipe(inflate)
}

async function readDirectory(file: FileHandle, path: string): Promise<Map<string, ZipEntry>> {
  const { count, start, size } = await findDirectory(file, path)
  const directory = await bytesAt(file, start, size)
  const entries = new Map<string, ZipEntry>()
  let at = 0
  for (let entry = 0; entry < count; entry++) {
    if (directory.readUInt32LE(at) !== signatures.centralHeader) throw broken(path, 'its directory cannot be read')
    const nameLength = directory.readUInt16LE(at + 28)
    const extraLength = directory.readUInt16LE(at + 30)
    const nameStart = at + centralHeaderLength
    const extraStart = nameStart + nameLength
    const name = directory.toString('utf8', nameStart, extraStart)
    const extra = zip64Numbers(directory.subarray(extraStart, extraStart + extraLength))
    const long = (number: number) => (number === inZip64 ? (extra.shift() ?? number) : number)
    // In the order in which the extension holds them.
    const unpacked = long(directory.readUInt32LE(at + 24))
    const packedSize = long(directory.readUInt32LE(at + 20))
    const offset = long(directory.readUInt32LE(at + 42))
    const method = directory.readUInt16LE(at + 10)
    entries.set(name, { name, method, crc: directory.readUInt32LE(at + 16), packedSize, size: unpacked, offset })
    at = extraStart + extraLength + directory.readUInt16LE(at + 32)
  }
  return entries
}

async function findDirectory(file: FileHandle, path: string): Promise<{ count: number; start: number; size: number }> {
  const { size: fileSize } = await file.stat()
  const tailLength = Math.min(fileSize, endLength + longestComment)
  const tail = await bytesAt(file, fileSize - tailLength, tailLength)
  const signature = Buffer.alloc(4)
  signature.writeUInt32LE(signatures.end)
  const at = tail.lastIndexOf(signature, tail.length - endLength)
  if (at < 0 || tail.length < endLength) throw broken(path, 'it has no directory')
  const count = tail.readUInt16LE(at + 10)
  const size = tail.readUInt32LE(at + 12)
  const start = tail.readUInt32LE(at + 16)
  if (count !== manyInZip64 && size !== inZip64 && start !== inZip64) return { count, start, size }
  const locator = await bytesAt(file, fileSize - tailLength + at - locatorLength, locatorLength)
  if (locator.readUInt32LE() !== signatures.zip64Locator) return { count, start, size }
  const end = await bytesAt(file, Number(locator.readBigUInt64LE(8)), 56)
  if (end.readUInt32LE() !== signatures.zip64End) throw broken(path, 'it has no directory')
  const number = (offset: number) => Number(end.readBigUInt64LE(offset))
  return { count: number(32), size: number(40), start: number(48) }
}

function zip64Numbers(extra: Buffer): number[] {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== zip64Extra) continue
    const count = Math.floor(extra.readUInt16LE(at + 2) / 8)
    return Array.from({ length: count }, (_, number) => Number(extra.readBigUInt64LE(at + 4 + number * 8)))
  }
  return []
}

/** Throws a RangeError when the file ends before. */
async function bytesAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length)
  let done = 0
  while (done < length) {
    const { bytesRead } = await file.read(bytes, done, length - done, position + done)
    if (bytesRead === 0) throw new RangeError('it ends too early')
    done += bytesRead
  }
  return bytes
}

function broken(path: string, reason: string): Error {
  return new Error(`${path} is no zip archive that can be read: ${reason}.`)
}
