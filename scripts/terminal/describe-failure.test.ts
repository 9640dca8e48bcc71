import { describe, expect, test } from 'vitest'
import { CommandError } from './command-error.ts'
import { describeFailure } from './describe-failure.ts'

const fileError = (code: string) => Object.assign(new Error(`${code}: it failed`), { code, path: '.gloss' })

describe('describeFailure', () => {
  test.each([
    ['our own sentence', new CommandError('Do this.'), 'Do this.'],
    ['no permission', fileError('EACCES'), /not allowed to write \.gloss: give/],
    ['a read-only disk', fileError('EROFS'), /\.gloss because the disk is read-only: run/],
    ['a file in the way', fileError('ENOTDIR'), /a file stands in the way: move/],
    ['a full disk', fileError('ENOSPC'), /The disk is full.*: free/],
    ['anything else', new Error('odd.\n    at stack'), /^Gloss stopped unexpectedly \(odd\): run it again/],
    ['something that is no error', 7, /\(7\)/],
  ])('%s', (_name, cause, sentence) => {
    expect(describeFailure(cause)).toMatch(sentence)
    expect(describeFailure(cause)).not.toContain('\n')
  })
})
