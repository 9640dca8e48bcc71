import type { ErrorCode } from '../../protocol/errors.ts'

/** Pages of the browser that no extension may read, by their address. Browsers have names of their own for `chrome:`. */
const schemes: Readonly<Record<string, ErrorCode>> = {
  'chrome:': 'page_browser',
  'edge:': 'page_browser',
  'brave:': 'page_browser',
  'vivaldi:': 'page_browser',
  'opera:': 'page_browser',
  'about:': 'page_browser',
  'devtools:': 'page_browser',
  'chrome-search:': 'page_browser',
  'chrome-untrusted:': 'page_browser',
  'chrome-error:': 'page_not_loaded',
  'chrome-extension:': 'page_extension',
  'moz-extension:': 'page_extension',
  'extension:': 'page_extension',
  'view-source:': 'page_source',
}

const stores: readonly string[] = [
  'chromewebstore.google.com/',
  'chrome.google.com/webstore',
  'microsoftedge.microsoft.com/addons',
  'addons.mozilla.org/',
]

/** Why the browser lets no extension read the page of this address; `undefined` where it may, or none is known. */
export function restrictedPage(address: string | undefined): ErrorCode | undefined {
  const url = address === undefined ? null : URL.parse(address)
  if (!url) return undefined
  const place = `${url.host}${url.pathname}`
  return schemes[url.protocol] ?? (stores.some((store) => place.startsWith(store)) ? 'page_store' : undefined)
}

/** Failures that asking again on the same page cannot change: a follow-up question goes on about the page before. */
export const closedToUs: ReadonlySet<ErrorCode> = new Set([
  'page_no_permission',
  'page_restricted',
  'page_unknown',
  'page_browser',
  'page_store',
  'page_extension',
  'page_source',
  'page_policy',
  'page_not_loaded',
])
