import { pageIdentity } from '../../protocol/page-identity.ts'

export interface KnownTab {
  readonly id?: number | undefined
  readonly url?: string | undefined
  readonly active: boolean
  readonly windowId: number
  readonly lastAccessed?: number | undefined
}

/**
 * The tab that shows the page of this identity: the one in front of this window, else one in front of another, else the
 * one used last. A tab whose address the browser does not tell is none.
 */
export function chooseTab<T extends KnownTab>(tabs: readonly T[], identity: string, windowId: number): T | undefined {
  const rank = ({ active, windowId: own }: T): number => (active ? (own === windowId ? 2 : 1) : 0)
  return tabs
    .filter(({ id, url }) => id !== undefined && isPage(url, identity))
    .toSorted((a, b) => rank(b) - rank(a) || (b.lastAccessed ?? 0) - (a.lastAccessed ?? 0))
    .at(0)
}

/** Whether an address is of the page of this identity (`pages.url`). */
export function isPage(url: string | undefined, identity: string): boolean {
  return url !== undefined && URL.canParse(url) && pageIdentity(url).identity === identity
}
