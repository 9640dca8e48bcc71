export type FileErrorCode =
  | 'FileTooLarge'
  | 'InvalidDigest'
  | 'Sha256Mismatch'
  | 'DiskFull'
  | 'FileContentMissing'
  | 'StorageTokenInvalid'
  | 'StorageTokenExpired'

/** Why a file could not be stored or read: a code for programs, a sentence for people. */
export class FileError extends Error {
  override name = 'FileError'
  readonly code: FileErrorCode

  constructor(code: FileErrorCode, message: string) {
    super(message)
    this.code = code
  }
}
