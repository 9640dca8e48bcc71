import type { ErrorCode } from '../../protocol/errors.ts'

/** Chromium's words when a script cannot be injected, and what each means to a person. The first match counts. */
const meanings: readonly (readonly [words: RegExp, code: ErrorCode])[] = [
  [
    /no tab with id|tab was closed|frame.* was removed|no document with id|no frame with id|document.* was (removed|replaced)/i,
    'page_gone',
  ],
  [/showing error page/i, 'page_not_loaded'],
  [/extensions gallery|webstore/i, 'page_store'],
  [/extensionssettings policy|blocked by (enterprise|your administrator)/i, 'page_policy'],
  [/cannot access a (chrome-extension|moz-extension|extension)/i, 'page_extension'],
  [/view-source:/i, 'page_source'],
  [/cannot access (a|contents of url "|")file:/i, 'page_file'],
  [/cannot access (a|contents of url "|") ?(chrome|devtools|edge|about)|new tab page|sign-in page/i, 'page_browser'],
  [/cannot access a (data)|cannot be scripted/i, 'page_restricted'],
  [/cannot access contents of|must request permission|missing host permission/i, 'page_no_permission'],
]

export function injectionFailure(error: unknown): ErrorCode {
  const message = error instanceof Error ? error.message : String(error)
  return meanings.find(([words]) => words.test(message))?.[1] ?? 'page_restricted'
}
