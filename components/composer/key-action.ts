export interface ComposerKey {
  readonly key: string
  readonly shiftKey: boolean
  readonly altKey: boolean
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  /** An input method is composing: the key belongs to it. 229 is what some of them send instead. */
  readonly isComposing: boolean
  readonly keyCode: number
  /** The key is held down. */
  readonly repeat: boolean
}

export type KeyAction = 'send' | 'stop' | 'recall' | 'drop' | undefined

interface ComposerState {
  readonly empty: boolean
  readonly running: boolean
  /** The cursor is before the first character, and nothing is selected. */
  readonly atStart: boolean
}

const COMPOSING_KEY_CODE = 229

/** What a key in the composer does, other than typing. */
export function keyAction(event: ComposerKey, state: ComposerState): KeyAction {
  if (event.isComposing || event.keyCode === COMPOSING_KEY_CODE) return undefined
  if (event.shiftKey || event.altKey || event.ctrlKey || event.metaKey) return undefined
  if (event.key === 'Enter') return 'send'
  if (event.key === 'Escape') return state.running ? 'stop' : undefined
  if (event.key === 'ArrowUp') return state.empty ? 'recall' : undefined
  // Held down it deletes what is written, and is to stop there.
  if (event.key === 'Backspace') return state.atStart && !event.repeat ? 'drop' : undefined
  return undefined
}
