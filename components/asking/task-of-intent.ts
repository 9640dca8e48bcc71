import type { Intent } from '../../protocol/intent.ts'

export interface AskedTask {
  readonly task: 'summarise' | 'ask' | 'explain' | 'compare'
  /** The question as the transcript shows it. */
  readonly text: string
}

/** What an intent asks of the backend; undefined for those that only prepare the panel. */
export function taskOfIntent({ kind, text = '' }: Pick<Intent, 'kind' | 'text'>): AskedTask | undefined {
  switch (kind) {
    case 'summarise':
      return { task: 'summarise', text: 'Summarise this page.' }
    case 'explain-selection':
      return { task: 'explain', text: 'Explain this selection.' }
    case 'ask':
      return { task: 'ask', text }
    case 'compare':
      return { task: 'compare', text: 'Compare these tabs.' }
    case 'open':
    case 'ask-selection':
      return undefined
  }
}
