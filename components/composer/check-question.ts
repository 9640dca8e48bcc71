import type { Failure } from '../../protocol/errors.ts'

/** The most UTF-16 units of a question, as the backend counts them. */
const QUESTION_LENGTH = 100_000

/** Why a question cannot be asked, or undefined. */
export function checkQuestion(text: string): Failure | undefined {
  if (text.trim() === '') return { code: 'question_empty' }
  if (text.length > QUESTION_LENGTH) return { code: 'question_too_long', detail: QUESTION_LENGTH.toLocaleString('en') }
  return undefined
}
