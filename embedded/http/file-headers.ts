import type { StoredFile } from '../runtime/engine.ts'

const keptSeconds = 30 * 24 * 60 * 60

/** Types that a browser only shows: nothing in them runs. */
const shown =
  /^(image\/(avif|bmp|gif|jpeg|png|webp|x-icon)|(audio|video)\/[\w.+-]+|text\/plain|application\/pdf)(\s*;|$)/i

const pdf = /^application\/pdf(\s*;|$)/i

/**
 * The headers of a stored file, its length aside. What users upload must never run as a page of this server's origin:
 * `nosniff` (which every answer has) holds browsers to the type, all but a few types are offered for saving when they
 * are opened, and whatever is opened nevertheless is sandboxed. As an image, or through `fetch`, everything works.
 */
export function fileHeaders({ sha256, contentType }: StoredFile): Record<string, string> {
  const type = contentType ?? 'application/octet-stream'
  return {
    'content-type': type,
    'content-disposition': shown.test(type) ? 'inline' : 'attachment',
    // The browsers' own PDF viewers do not open in a sandbox, and run nothing in the origin.
    ...(pdf.test(type) ? {} : { 'content-security-policy': "default-src 'none'; sandbox" }),
    'referrer-policy': 'no-referrer',
    // The address is the permission: a page that has it may show the file as an image, wherever the page comes from.
    'cross-origin-resource-policy': 'cross-origin',
    'cache-control': `private, max-age=${keptSeconds}`,
    'accept-ranges': 'bytes',
    etag: etagOf(sha256),
    digest: `sha-256=${sha256}`,
  }
}

export function etagOf(sha256: string): string {
  return `"${sha256}"`
}
