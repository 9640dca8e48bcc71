/**
 * Every way Gloss can fail, as a closed set of codes, each with the sentence a person reads.
 * A sentence says what happened and what to do next. `{detail}` is filled in where a code carries one
 * (an address that was tried, a number of seconds).
 */
const sentences = {
  // the page
  page_empty: 'This page has no readable text. Select something on it, or open another page.',
  page_restricted: 'The browser does not let extensions read this page. Open an ordinary web page and try again.',
  page_no_permission: 'Press Alt+S, or the Gloss icon, on this page to let Gloss read it.',
  page_gone: 'The page was closed or moved on before it was read. Go back to it and ask again.',
  page_timeout: 'The page did not answer in time. Reload it and ask again.',
  page_not_received: 'The page text did not reach Gloss. Ask again.',
  page_corrupt: 'The page text arrived damaged. Ask again.',
  page_too_large: 'This page is too large to keep. Select the part you need and ask about that.',
  page_unknown:
    'The browser does not say what this page is, and lets no extension read it. A file from your disk can be read once “Allow access to file URLs” is on for Gloss in the browser’s list of extensions.',
  page_browser: 'This is a page of the browser itself, which no extension may read. Open a web page and ask there.',
  page_store: 'The browser lets no extension read its extension store. Open another page and ask there.',
  page_extension: 'This page belongs to another extension, which Gloss may not read. Open a web page and ask there.',
  page_source: 'The browser lets no extension read the source of a page. Go to the page itself and ask there.',
  page_policy: 'The rules of your organisation keep extensions from reading this page. Ask its administrator about it.',
  page_not_loaded: 'This page did not load, so that there is nothing to read. Reload it and ask again.',
  page_file:
    'Gloss may not read files from your disk yet. Turn on “Allow access to file URLs” for it in the browser’s list of extensions.',
  page_canvas:
    'This page draws its text as a picture, which cannot be read. Select the text, copy it, and paste it into your question.',
  pdf_local: 'The browser does not hand over a PDF from your disk. Choose it below, with Open a PDF.',
  pdf_encrypted: 'This PDF is locked with a password. Save a copy without the password and open that.',
  pdf_scanned: 'This PDF has no text, only pictures of its pages. Open a copy with recognised text (OCR).',
  pdf_broken: 'This PDF is damaged: no text can be read from it. Open another copy.',
  pdf_slow: 'No text could be read from this PDF within a minute. Open a shorter one, or a part of it.',
  pdf_too_large: 'This PDF is larger than 50 MB, and its beginning cannot be read alone. Open a part of it.',
  pdf_unavailable:
    'The PDF could not be fetched from its address again. Download it, then choose it below, with Open a PDF.',
  selection_empty: 'Nothing is selected on the page. Select some text and ask again.',
  // a tab that was named beside the page; the detail is its title
  tab_asleep: '“{detail}” is asleep. Open that tab once and ask again, or ask without it.',
  tab_closed: '“{detail}” was closed before it was read. Ask without it, or open it again and name it.',
  tab_moved: '“{detail}” moved on to another page before it was read. Name it again, or ask without it.',
  tab_restricted: 'The browser does not let extensions read “{detail}”. Ask without it.',
  tab_no_permission: 'Gloss may not read “{detail}” yet. Allow it and ask again, or ask without it.',
  tab_empty: '“{detail}” has no readable text. Ask without it.',
  tab_silent: '“{detail}” did not answer. Reload that tab and ask again, or ask without it.',
  // the question
  question_empty: 'Write a question first.',
  question_too_long: 'That question is too long. Keep it under {detail} characters.',
  too_many_pages: 'One question can be about {detail} pages. Leave some out and ask again.',
  rate_limited: 'Too many questions at once. Try again in {detail} s.',
  // the answer
  interrupted: 'The answer was interrupted. What arrived is kept: continue it, or retry.',
  provider_no_key: 'This model needs a key that is not set. Choose another model, or set the key.',
  provider_bad_key: 'The model provider refused the key. Check it and retry.',
  provider_no_credit: 'The model provider reports no credit left. Top it up, or choose another model.',
  provider_rate_limited: 'The model provider is limiting requests. Retry in {detail} seconds.',
  provider_model_gone: 'That model is no longer offered. Choose another model.',
  provider_context_too_long: 'The page is too long for this model. Choose another model, or ask about a selection.',
  provider_content_filter: 'The model provider declined to answer this.',
  provider_overloaded: 'The model provider is overloaded. Retry in a moment.',
  provider_unreachable: 'The model at {detail} cannot be reached. Check that it is running, then retry.',
  provider_stalled: 'The model stopped answering. What arrived is kept: continue it, or retry.',
  provider_failed: 'The model provider failed: {detail}. Retry, or choose another model.',
  // the rest
  not_signed_in: 'You are not signed in.',
  not_found: 'That is not here any more.',
  busy: 'An answer is still being written here. Wait for it, or stop it.',
  backend_unreachable: 'Gloss is not running at {detail}. Start it with npm start; your conversations are safe.',
  internal: 'Something went wrong in Gloss. Try again.',
} as const

export type ErrorCode = keyof typeof sentences

export interface Failure {
  readonly code: ErrorCode
  readonly detail?: string | undefined
}

export const errorCodes = Object.keys(sentences).filter(isErrorCode)

export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.hasOwn(sentences, value)
}

/** The sentence a person reads for a failure. A missing detail is left out rather than shown as a gap. */
export function errorSentence({ code, detail }: Failure): string {
  const sentence: string = sentences[code]
  if (!sentence.includes('{detail}')) return sentence
  return detail === undefined
    ? sentence.replace(/ ?(at|in|:|under)? ?\{detail\}( \w+)?/, '')
    : sentence.replace('{detail}', detail)
}
