/** What the last reply looked like, at one moment of the panel's own clock. */
export interface ReplySample {
  /** Milliseconds since the panel's document was there, before any code of the panel was loaded or run. */
  readonly at: number
  readonly status: string
  /** Characters shown, white space apart. */
  readonly length: number
}

export interface PanelRecord {
  readonly samples: ReplySample[]
  /** `data-connection` of the document, whenever it changed. */
  readonly connections: { readonly at: number; readonly name: string }[]
  /** Every press of a button, before the panel has heard of it. */
  readonly presses: { readonly at: number; readonly name: string }[]
}

declare global {
  interface Window {
    panelRecord?: PanelRecord
  }
}

/**
 * Runs inside the panel before anything else does, and writes down each change of the last reply as it is made. Nothing
 * outside the panel could: a look from a test takes longer than what it measures.
 */
export function recordPanel(): void {
  if (location.protocol !== 'chrome-extension:') return
  const record: PanelRecord = { samples: [], connections: [], presses: [] }
  window.panelRecord = record
  // Not the navigation's own start: the debugger holds a new panel back until this script is in it.
  const began = performance.now()
  const now = (): number => performance.now() - began
  const sample = (): void => {
    const connection = document.documentElement?.dataset['connection']
    if (connection !== undefined && record.connections.at(-1)?.name !== connection)
      record.connections.push({ at: now(), name: connection })
    const article = [...document.querySelectorAll<HTMLElement>('article[aria-label="Gloss"]')].at(-1)
    if (!article) return
    const text = article.querySelector('[data-reply]')?.textContent ?? ''
    const next = {
      at: now(),
      status: article.dataset['status'] ?? '',
      length: text.replaceAll(/\s/g, '').length,
    }
    const last = record.samples.at(-1)
    if (last?.status !== next.status || last.length !== next.length) record.samples.push(next)
  }
  new MutationObserver(sample).observe(document, {
    subtree: true,
    childList: true,
    characterData: true,
    attributeFilter: ['data-status', 'data-connection'],
  })
  addEventListener(
    'click',
    ({ target }) => {
      const button = target instanceof Element ? target.closest('button') : null
      if (button) record.presses.push({ at: now(), name: button.ariaLabel ?? button.innerText })
    },
    { capture: true },
  )
}
