import type { ErrorCode } from '../../protocol/errors.ts'

/** Chromium's words when a script cannot be injected, and what each means to a person. The first match counts. */
const meanings: readonly (readonly [words: RegExp, code: ErrorCode])[] = [
  [
    /no tab with id|tab was closed|frame.* was removed|no document with id|no frame with id|document.* was (removed|replaced)/i,
    'page_gone',
  ],
  [/cannot access a (chrome|chrome-extension|devtools|edge|about|view-source|data|file)/i, 'page_restricted'],
  [/extensions gallery|webstore|showing error page|cannot be scripted|extensionssettings policy/i, 'page_restricted'],
  [/cannot access contents of|must request permission|missing host permission/i, 'page_no_permission'],
]

export function injectionFailure(error: unknown): ErrorCode {
  const message = error instanceof Error ? error.message : String(error)
  return meanings.find(([words]) => words.test(message))?.[1] ?? 'page_restricted'
}
