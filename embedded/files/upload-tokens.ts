import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { FileError } from './file-error.ts'

const validMs = 60 * 60 * 1000
const keyBytes = 32
const nonceBytes = 12
const timeBytes = 8

/**
 * What allows one to upload: a time in milliseconds (8 bytes), 12 random bytes, the path of the component whose file it
 * will be (UTF-8, empty for the app), and an HMAC-SHA256 of all, in base64url. Who holds one may use it for an hour, also
 * after a restart, as often as need be.
 */
export class UploadTokens {
  readonly #key: Uint8Array

  private constructor(key: Uint8Array) {
    this.#key = key
  }

  /** Over the key in a file of its own, made when there is none. */
  static open(keyPath: string): UploadTokens {
    const stored = readKey(keyPath)
    if (stored !== null) return new UploadTokens(stored)
    const key = randomBytes(keyBytes)
    writeFileSync(keyPath, key, { mode: 0o600 })
    return new UploadTokens(key)
  }

  issue(nowMs: number, component: string): string {
    const body = Buffer.concat([randomBytes(timeBytes + nonceBytes), Buffer.from(component)])
    body.writeBigUInt64BE(BigInt(Math.floor(nowMs) + validMs))
    return `${body.toString('base64url')}.${this.#sign(body).toString('base64url')}`
  }

  /** Gives the component; throws a `FileError` that says what is wrong with the token. */
  check(token: string, nowMs: number): string {
    const [body = '', signature = ''] = token.split('.')
    const bytes = Buffer.from(body, 'base64url')
    const given = Buffer.from(signature, 'base64url')
    const right = this.#sign(bytes)
    if (given.byteLength !== right.byteLength || !timingSafeEqual(given, right)) {
      throw new FileError('StorageTokenInvalid', 'This is not an upload address of this server.')
    }
    if (Number(bytes.readBigUInt64BE()) <= nowMs) {
      throw new FileError('StorageTokenExpired', 'This upload address has expired; ask for a new one.')
    }
    return bytes.toString('utf8', timeBytes + nonceBytes)
  }

  #sign(body: Uint8Array): Buffer {
    return createHmac('sha256', this.#key).update(body).digest()
  }
}

/** Null when there is none, or when the process died while it was written. */
function readKey(path: string): Uint8Array | null {
  try {
    const key = readFileSync(path)
    return key.byteLength === keyBytes ? key : null
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}
