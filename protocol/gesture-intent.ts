import type { Intent } from './intent.ts'

/** The gestures that grant the page (`activeTab`), and what each asks for. Menu ids and command names are these keys. */
export const gestures = {
  icon: { kind: 'open' },
  summarise: { kind: 'summarise', menu: { title: 'Summarise this page', contexts: ['page'] } },
  'ask-selection': { kind: 'ask-selection', menu: { title: 'Ask about selection', contexts: ['selection'] } },
  'explain-selection': { kind: 'explain-selection', menu: { title: 'Explain selection', contexts: ['selection'] } },
} as const satisfies Record<string, GestureDescription>

interface GestureDescription {
  readonly kind: Intent['kind']
  readonly menu?: { readonly title: string; readonly contexts: readonly ['page' | 'selection'] }
}

export type Gesture = keyof typeof gestures

/** What the browser tells about the tab a gesture was made on. Its `url` is present because the gesture grants the page. */
export interface GestureTab {
  readonly id?: number | undefined
  readonly windowId: number
  readonly url?: string | undefined
}

export function isGesture(name: unknown): name is Gesture {
  return typeof name === 'string' && Object.hasOwn(gestures, name)
}

export function gestureIntent(
  gesture: Gesture,
  { id: tabId, windowId, url }: GestureTab,
  details: { readonly id: string; readonly now: number; readonly selectionText?: string | undefined },
): Intent {
  return {
    id: details.id,
    kind: gestures[gesture].kind,
    windowId,
    tabId,
    url,
    byGesture: true,
    selectionText: details.selectionText,
    createdAt: details.now,
  }
}
