/** What a writer and a reader of zip files must agree on (APPNOTE.TXT, 4.3 and 4.5.3). Numbers are little-endian. */
export const signatures = {
  localHeader: 0x04034b50,
  dataDescriptor: 0x08074b50,
  centralHeader: 0x02014b50,
  zip64End: 0x06064b50,
  zip64Locator: 0x07064b50,
  end: 0x06054b50,
} as const

export const stored = 0
export const deflated = 8

/** Stands in a field of four bytes whose number is in the zip64 extension instead. */
export const inZip64 = 0xffff_ffff
export const manyInZip64 = 0xffff
export const zip64Extra = 1

/** A file inside an archive. Sizes and places in bytes. */
export interface ZipEntry {
  readonly name: string
  readonly method: number
  readonly crc: number
  readonly packedSize: number
  readonly size: number
  /** Where its local header begins. */
  readonly offset: number
}
