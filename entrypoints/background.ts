import { browser } from 'wxt/browser'
import { defineBackground } from 'wxt/utils/define-background'
import { enqueueIntent } from '../protocol/enqueue-intent.ts'
import { gestureIntent, gestures, isGesture } from '../protocol/gesture-intent.ts'
import type { Gesture, GestureTab } from '../protocol/gesture-intent.ts'

export default defineBackground({
  main() {
    // Content scripts can read storage.local unless they are shut out.
    void browser.storage.local.setAccessLevel({ accessLevel: 'TRUSTED_CONTEXTS' })

    browser.action.onClicked.addListener((tab) => act('icon', tab))
    browser.commands.onCommand.addListener((name, tab) => {
      if (isGesture(name) && tab) act(name, tab)
    })
    browser.contextMenus.onClicked.addListener(({ menuItemId, selectionText }, tab) => {
      if (isGesture(menuItemId) && tab) act(menuItemId, tab, selectionText)
    })
    browser.runtime.onInstalled.addListener(() => void createMenus())
  },
})

/** Opening comes first and nothing is awaited before it: the browser allows it only within the gesture itself. */
function act(gesture: Gesture, tab: GestureTab, selectionText?: string): void {
  void browser.sidePanel.open({ windowId: tab.windowId })
  void enqueueIntent(gestureIntent(gesture, tab, { id: crypto.randomUUID(), now: Date.now(), selectionText }))
}

async function createMenus(): Promise<void> {
  await browser.contextMenus.removeAll()
  for (const [id, gesture] of Object.entries(gestures)) {
    if ('menu' in gesture) {
      browser.contextMenus.create({ id, title: gesture.menu.title, contexts: [...gesture.menu.contexts] })
    }
  }
}
