import { FileError } from './file-error.ts'

/** A SHA-256 as Convex's APIs take it: base64, with its padding. */
export function decodeSha256(text: string): Buffer {
  if (!/^[A-Za-z0-9+/]{43}=$/.test(text)) {
    throw new FileError('InvalidDigest', 'A SHA-256 digest must be 32 bytes in base64.')
  }
  return Buffer.from(text, 'base64')
}
