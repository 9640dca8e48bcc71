import { browser } from 'wxt/browser'
import { Store } from '../ui/store.ts'

/** The tab beside the panel. The browser tells address and title only where the page was granted. */
export interface BesideTab {
  readonly tabId: number
  readonly url: string | undefined
  readonly title: string | undefined
}

/** Follows the active tab of a window until the signal aborts. */
export class TabWatch extends Store<BesideTab | undefined> {
  readonly #windowId: number

  constructor(windowId: number, signal: AbortSignal) {
    super(undefined)
    this.#windowId = windowId
    const look = (): void => void this.look()
    browser.tabs.onActivated.addListener(look)
    browser.tabs.onUpdated.addListener(look)
    signal.addEventListener(
      'abort',
      () => {
        browser.tabs.onActivated.removeListener(look)
        browser.tabs.onUpdated.removeListener(look)
      },
      { once: true },
    )
    look()
  }

  /** Looks again: a grant (icon, shortcut, menu) is announced by no event. */
  async look(): Promise<void> {
    const [tab] = await browser.tabs.query({ active: true, windowId: this.#windowId })
    const { id, url, title } = tab ?? {}
    const last = this.get()
    if (last?.tabId === id && last?.url === url && last?.title === title) return
    this.set(id === undefined ? undefined : { tabId: id, url: url === '' ? undefined : url, title })
  }
}
