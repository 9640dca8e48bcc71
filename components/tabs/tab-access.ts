import { browser } from 'wxt/browser'
import type { NamedTab } from '../../protocol/intent.ts'
import { injectionFailure } from '../page-context/injection-failure.ts'

/** Lets the browser name all open tabs. To be called first in the handler of a press: it asks only then. */
export async function askForTabs(): Promise<boolean> {
  return await asked({ permissions: ['tabs'] })
}

/** Lets Gloss read these tabs' hosts, all or none. To be called first in the handler of a press: it asks only then. */
export async function askForHosts(tabs: readonly NamedTab[]): Promise<boolean> {
  const origins = [...new Set(tabs.flatMap(({ url }) => hostPattern(url) ?? []))]
  return await asked({ origins })
}

async function asked(permissions: chrome.permissions.Permissions): Promise<boolean> {
  try {
    return await browser.permissions.request(permissions)
  } catch (error) {
    // Where a policy forbids it, or outside a press, the browser refuses without asking.
    console.warn(error)
    return false
  }
}

/**
 * Whether reading the tab needs its host to be allowed first. A tab that cannot be read for another reason needs
 * nothing. Only for tabs that were named: it runs an empty function in them, which is the one way to learn of a grant
 * that a press of the icon gave.
 */
export async function needsHost({ tabId, url }: NamedTab): Promise<boolean> {
  const pattern = hostPattern(url)
  if (pattern === undefined || (await browser.permissions.contains({ origins: [pattern] }))) return false
  try {
    const { discarded, frozen } = await browser.tabs.get(tabId)
    // It would answer only once it is shown again.
    if (discarded || frozen) return true
    await browser.scripting.executeScript({ target: { tabId }, func: () => undefined, injectImmediately: true })
    return false
  } catch (error) {
    return injectionFailure(error) === 'page_no_permission'
  }
}

/** Calls back whenever something was granted or taken back, until the signal aborts. */
export function watchPermissions(onChange: () => void, signal: AbortSignal): void {
  const { onAdded, onRemoved } = browser.permissions
  for (const event of [onAdded, onRemoved]) {
    event.addListener(onChange)
    signal.addEventListener('abort', () => event.removeListener(onChange), { once: true })
  }
}

/** The pattern of an address's host, on every port. */
export function hostPattern(url: string | undefined): string | undefined {
  const { protocol, hostname } = (url === undefined ? undefined : URL.parse(url)) ?? {}
  return protocol === 'http:' || protocol === 'https:' ? `${protocol}//${hostname}/*` : undefined
}
