import { cipherFor } from './pdf-cipher.ts'
import type { PdfCipher } from './pdf-cipher.ts'

/** The bodies of a PDF's indirect objects, collected in order: the number of an object is its place, from 1. */
export class PdfObjects {
  readonly #bodies: Buffer[] = []
  readonly #cipher: PdfCipher | undefined

  /** @param password what has to be typed to open the document; without one it is not encrypted */
  constructor(password?: string) {
    this.#cipher = password === undefined ? undefined : cipherFor(password)
  }

  /** Takes a number before its object is known, for objects that point at each other. */
  reserve(): number {
    return this.#bodies.push(Buffer.from('null'))
  }

  set(number: number, body: string): number {
    this.#bodies[number - 1] = Buffer.from(body, 'latin1')
    return number
  }

  add(body: string): number {
    return this.set(this.reserve(), body)
  }

  addStream(dictionary: string, data: Buffer): number {
    const number = this.reserve()
    const stored = this.#cipher?.encrypt(data, number) ?? data
    this.#bodies[number - 1] = Buffer.concat([
      Buffer.from(`<< ${dictionary} /Length ${stored.length} >>\nstream\n`, 'latin1'),
      stored,
      Buffer.from('\nendstream'),
    ])
    return number
  }

  /** The file: header, objects, cross-reference table and trailer (PDF 32000-1, 7.5). */
  file(root: number, info: number | undefined): Buffer {
    const encrypt = this.#cipher && this.add(this.#cipher.dictionary)
    const parts: Buffer[] = [Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', 'latin1')]
    const offsets: number[] = []
    let length = parts[0]?.length ?? 0
    for (const [at, body] of this.#bodies.entries()) {
      const object = Buffer.concat([Buffer.from(`${at + 1} 0 obj\n`), body, Buffer.from('\nendobj\n')])
      offsets.push(length)
      length += object.length
      parts.push(object)
    }
    const size = this.#bodies.length + 1
    const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
    const entries = [
      `/Size ${size} /Root ${root} 0 R`,
      info === undefined ? '' : `/Info ${info} 0 R`,
      encrypt === undefined ? '' : `/Encrypt ${encrypt} 0 R /ID [<${this.#cipher?.id}> <${this.#cipher?.id}>]`,
    ].join(' ')
    const trailer = `xref\n0 ${size}\n0000000000 65535 f \n${rows}trailer\n<< ${entries} >>\nstartxref\n${length}\n%%EOF\n`
    return Buffer.concat([...parts, Buffer.from(trailer)])
  }
}
