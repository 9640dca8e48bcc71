import { browser } from 'wxt/browser'
import type { Intent } from './intent.ts'

export const INTENT_PREFIX = 'intent:'

/** Keeps an intent until a panel has handed it on. One key each, so that two writers never overwrite one another. */
export async function enqueueIntent(intent: Intent): Promise<void> {
  await browser.storage.session.set({ [INTENT_PREFIX + intent.id]: { intent } })
}
