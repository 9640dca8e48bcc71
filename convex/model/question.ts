import type { Task } from '../validators.ts'
import { fail } from './failure.ts'
import { QUESTION_LENGTH } from './limits.ts'

/** What a task without words of its own asks. */
const defaults = {
  summarise: 'Summarise this page.',
  explain: 'Explain this selection.',
  compare: 'Compare these tabs.',
} as const satisfies Record<Exclude<Task, 'ask'>, string>

/** The question to store. Throws `question_empty` or `question_too_long` (with the limit). */
export function cleanQuestion(text: string, task: Task): string {
  if (text.length > QUESTION_LENGTH) fail('question_too_long', QUESTION_LENGTH.toLocaleString('en'))
  const clean = text.toWellFormed().trim()
  if (clean !== '') return clean
  return task === 'ask' ? fail('question_empty') : defaults[task]
}
