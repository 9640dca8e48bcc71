export interface ComposerKey {
  readonly key: string
  readonly shiftKey: boolean
  readonly altKey: boolean
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  /** An input method is composing: the key belongs to it. 229 is what some of them send instead. */
  readonly isComposing: boolean
  readonly keyCode: number
}

export type KeyAction = 'send' | 'stop' | 'recall' | undefined

const COMPOSING_KEY_CODE = 229

/** What a key in the composer does, other than typing. */
export function keyAction(
  event: ComposerKey,
  state: { readonly empty: boolean; readonly running: boolean },
): KeyAction {
  if (event.isComposing || event.keyCode === COMPOSING_KEY_CODE) return undefined
  if (event.shiftKey || event.altKey || event.ctrlKey || event.metaKey) return undefined
  if (event.key === 'Enter') return 'send'
  if (event.key === 'Escape') return state.running ? 'stop' : undefined
  if (event.key === 'ArrowUp') return state.empty ? 'recall' : undefined
  return undefined
}
