import { browser } from 'wxt/browser'

/** Resolves when a tab has loaded its page, or was closed, or after `ms`. */
export async function untilLoaded(tabId: number, ms: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const onUpdated = (id: number, { status }: { status?: string | undefined }): void => {
    if (id === tabId && status === 'complete') resolve()
  }
  const onRemoved = (id: number): void => {
    if (id === tabId) resolve()
  }
  browser.tabs.onUpdated.addListener(onUpdated)
  browser.tabs.onRemoved.addListener(onRemoved)
  const timer = setTimeout(resolve, ms)
  try {
    const { status } = await browser.tabs.get(tabId)
    if (status !== 'complete') await promise
  } finally {
    clearTimeout(timer)
    browser.tabs.onUpdated.removeListener(onUpdated)
    browser.tabs.onRemoved.removeListener(onRemoved)
  }
}
