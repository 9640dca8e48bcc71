import { open, type FileHandle } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { crc32, createDeflateRaw } from 'node:zlib'
import { deflated, inZip64, manyInZip64, signatures, zip64Extra, type ZipEntry } from './zip-format.ts'

/** Sizes follow the data; names are UTF-8. */
const flags = 0x0808
const version = 45
/** 1 January 1980, the earliest there is: what is exported twice is the same file. */
const time = 0
const date = 0x21
const largestPlain = inZip64 - 1
const mostPlainEntries = manyInZip64 - 1

/** Writes a zip archive of any size from beginning to end, one entry after the other, without holding any of them. */
export class ZipWriter {
  readonly #file: FileHandle
  readonly #entries: ZipEntry[] = []
  #offset = 0

  private constructor(file: FileHandle) {
    this.#file = file
  }

  /** The file must not exist. */
  static async create(path: string): Promise<ZipWriter> {
    return new ZipWriter(await open(path, 'wx', 0o600))
  }

  async add(name: string, pieces: Iterable<string>): Promise<void> {
    const offset = this.#offset
    await this.#write(localHeader(name))
    const start = this.#offset
    let crc = 0
    let size = 0
    function* bytes() {
      for (const piece of pieces) {
        const chunk = Buffer.from(piece)
        crc = crc32(chunk, crc)
        size += chunk.length
        yield chunk
      }
    }
    await pipeline(Readable.from(bytes()), createDeflateRaw(), async (packed: AsyncIterable<Buffer>) => {
      for await (const chunk of packed) await this.#write(chunk)
    })
    const entry = { name, method: deflated, crc, size, packedSize: this.#offset - start, offset }
    this.#entries.push(entry)
    await this.#write(dataDescriptor(entry))
  }

  /** Writes the directory. What was begun and not finished is no archive. */
  async finish(): Promise<void> {
    const start = this.#offset
    for (const entry of this.#entries) await this.#write(centralHeader(entry))
    await this.#write(endOfDirectory(this.#entries.length, start, this.#offset - start))
    await this.#file.sync()
    await this.#file.close()
  }

  async abandon(): Promise<void> {
    await this.#file.close()
  }

  async #write(bytes: Buffer): Promise<void> {
    let written = 0
    while (written < bytes.length) {
      const { bytesWritten } = await this.#file.write(bytes, written)
      written += bytesWritten
    }
    this.#offset += bytes.length
  }
}

function localHeader(name: string): Buffer {
  const nameBytes = Buffer.from(name)
  return bytesOf(
    [4, signatures.localHeader],
    [2, version],
    [2, flags],
    [2, deflated],
    [2, time],
    [2, date],
    [4, 0],
    [4, 0],
    [4, 0],
    [2, nameBytes.length],
    [2, 0],
    nameBytes,
  )
}

function dataDescriptor({ crc, packedSize, size }: ZipEntry): Buffer {
  const width = packedSize > largestPlain || size > largestPlain ? 8 : 4
  return bytesOf([4, signatures.dataDescriptor], [4, crc], [width, packedSize], [width, size])
}

function centralHeader({ name, method, crc, packedSize, size, offset }: ZipEntry): Buffer {
  const nameBytes = Buffer.from(name)
  const large = [size, packedSize, offset].filter((number) => number > largestPlain)
  const extra =
    large.length === 0
      ? Buffer.alloc(0)
      : bytesOf([2, zip64Extra], [2, large.length * 8], ...large.map((number) => [8, number] as const))
  return bytesOf(
    [4, signatures.centralHeader],
    [2, version],
    [2, version],
    [2, flags],
    [2, method],
    [2, time],
    [2, date],
    [4, crc],
    [4, Math.min(packedSize, inZip64)],
    [4, Math.min(size, inZip64)],
    [2, nameBytes.length],
    [2, extra.length],
    [2, 0],
    [2, 0],
    [2, 0],
    [4, 0],
    [4, Math.min(offset, inZip64)],
    nameBytes,
    extra,
  )
}

function endOfDirectory(count: number, start: number, size: number): Buffer {
  const end = bytesOf(
    [4, signatures.end],
    [2, 0],
    [2, 0],
    [2, Math.min(count, manyInZip64)],
    [2, Math.min(count, manyInZip64)],
    [4, Math.min(size, inZip64)],
    [4, Math.min(start, inZip64)],
    [2, 0],
  )
  if (count <= mostPlainEntries && start <= largestPlain && size <= largestPlain) return end
  const zip64End = bytesOf(
    [4, signatures.zip64End],
    [8, 44],
    [2, version],
    [2, version],
    [4, 0],
    [4, 0],
    [8, count],
    [8, count],
    [8, size],
    [8, start],
  )
  const locator = bytesOf([4, signatures.zip64Locator], [4, 0], [8, start + size], [4, 1])
  return Buffer.concat([zip64End, locator, end])
}

type Field = readonly [width: 2 | 4 | 8, value: number] | Buffer

function bytesOf(...fields: readonly Field[]): Buffer {
  return Buffer.concat(
    fields.map((field) => {
      if (Buffer.isBuffer(field)) return field
      const [width, value] = field
      const bytes = Buffer.alloc(width)
      if (width === 8) bytes.writeBigUInt64LE(BigInt(value))
      else bytes.writeUIntLE(value, 0, width)
      return bytes
    }),
  )
}
