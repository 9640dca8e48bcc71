import { browser } from 'wxt/browser'
import { INTENT_PREFIX } from './enqueue-intent.ts'
import { nextClaim, queueEntrySchema } from './intent-queue.ts'
import type { PreparedSend, QueueEntry } from './intent-queue.ts'

const QUEUE_LOCK = 'gloss-intents'
const PANEL_LOCK = 'gloss-panel:'

export interface Panel {
  readonly panelId: string
  readonly windowId: number
}

/** Holds a lock named after the panel until the signal aborts or the panel dies, which is how others see that it lives. */
export async function announcePanel(panelId: string, signal: AbortSignal): Promise<void> {
  const { promise: granted, resolve } = Promise.withResolvers<undefined>()
  const held = navigator.locks.request(PANEL_LOCK + panelId, async () => {
    resolve(undefined)
    await new Promise((release) => signal.addEventListener('abort', release, { once: true }))
  })
  await Promise.race([granted, held])
}

/** Takes the next intent this panel is to handle, once among all panels. */
export async function claimIntent({ panelId, windowId }: Panel): Promise<QueueEntry | undefined> {
  return await navigator.locks.request(QUEUE_LOCK, async () => {
    const entry = nextClaim(await readQueue(), {
      panelId,
      windowId,
      livePanels: await livePanels(),
      openWindows: new Set((await browser.windows.getAll()).flatMap(({ id }) => id ?? [])),
    })
    if (!entry) return undefined
    const claimed = { ...entry, claimedBy: panelId }
    await writeEntry(claimed)
    return claimed
  })
}

/** Keeps what is about to be sent, so that a panel that takes over sends the same. */
export async function rememberPrepared(entry: QueueEntry, prepared: PreparedSend): Promise<void> {
  await navigator.locks.request(QUEUE_LOCK, async () => await writeEntry({ ...entry, prepared }))
}

/** Forgets an intent: the backend has it, or the person was told why it cannot be done. */
export async function settleIntent(id: string): Promise<void> {
  await browser.storage.session.remove(INTENT_PREFIX + id)
}

/** Calls back whenever an intent arrives or is settled, until the signal aborts. */
export function watchIntents(onChange: () => void, signal: AbortSignal): void {
  const listener = (changes: Record<string, unknown>): void => {
    if (Object.keys(changes).some((key) => key.startsWith(INTENT_PREFIX))) onChange()
  }
  browser.storage.session.onChanged.addListener(listener)
  signal.addEventListener('abort', () => browser.storage.session.onChanged.removeListener(listener), { once: true })
}

export async function readQueue(): Promise<QueueEntry[]> {
  const stored = await browser.storage.session.get(null)
  return Object.entries(stored).flatMap(([key, value]) => {
    if (!key.startsWith(INTENT_PREFIX)) return []
    const { success, data } = queueEntrySchema.safeParse(value)
    return success ? [data] : []
  })
}

async function writeEntry(entry: QueueEntry): Promise<void> {
  await browser.storage.session.set({ [INTENT_PREFIX + entry.intent.id]: entry })
}

async function livePanels(): Promise<Set<string>> {
  const { held = [] } = await navigator.locks.query()
  return new Set(held.flatMap(({ name }) => (name?.startsWith(PANEL_LOCK) ? [name.slice(PANEL_LOCK.length)] : [])))
}
