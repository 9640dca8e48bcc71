import { CommandError } from './command-error.ts'

/** What the system's file errors mean to a person. `{path}` is replaced by the path the error names. */
const FILE_ERRORS: Record<string, string> = {
  EACCES:
    'Gloss is not allowed to write {path}: give yourself permission to it, or run Gloss from a folder of your own.',
  EPERM:
    'Gloss is not allowed to change {path}: give yourself permission to it, or run Gloss from a folder of your own.',
  EROFS: 'Gloss cannot write {path} because the disk is read-only: run Gloss from a folder that can be written.',
  ENOTDIR: 'Gloss needs a folder where {path} is, and a file stands in the way: move that file away and start again.',
  EEXIST: 'Gloss needs a folder where {path} is, and a file stands in the way: move that file away and start again.',
  ENOSPC: 'The disk is full, so Gloss could not write {path}: free some space and start again.',
  EDQUOT: 'Your disk quota is used up, so Gloss could not write {path}: free some space and start again.',
}

/** One sentence for the terminal, whatever was thrown. */
export function describeFailure(cause: unknown): string {
  if (cause instanceof CommandError) return cause.message
  if (!(cause instanceof Error)) return unexpected(String(cause))
  // Copying and renaming fail at their target.
  const { code, path, dest = path } = cause as NodeJS.ErrnoException & { dest?: string }
  const sentence = code === undefined ? undefined : FILE_ERRORS[code]
  return sentence === undefined ? unexpected(cause.message) : sentence.replace('{path}', dest ?? 'its folder')
}

function unexpected(message: string): string {
  const firstLine =
    message
      .split('\n', 1)[0]
      ?.trim()
      .replace(/[.:]+$/, '') || 'no reason was given'
  return `Gloss stopped unexpectedly (${firstLine}): run it again, with GLOSS_DEBUG=1 to see where it happened.`
}
