import { countWords } from '../../protocol/count-words.ts'
import type { Id } from '../_generated/dataModel.js'
import type { AnswerInput, PageInput } from '../model/answerInput.ts'

/** A page as an answer's action is given it: main text, and what stands around it. */
export function pageOf(main: string, { rest = '', ...change }: Partial<PageInput> & { rest?: string } = {}): PageInput {
  const text = [main, rest].filter((part) => part !== '').join('\n\n')
  const at = text.length - rest.length
  return {
    contextId: 'context' as Id<'messageContexts'>,
    snapshotId: 'snapshot' as Id<'snapshots'>,
    kind: 'page',
    title: 'A title',
    address: 'https://example.com/a',
    text,
    zones: [
      ...(main === '' ? [] : [{ zone: 'main' as const, start: 0, end: main.length }]),
      ...(rest === '' ? [] : [{ zone: 'rest' as const, start: at, end: text.length }]),
    ],
    wordsMain: countWords(main, 'en'),
    wordsRest: countWords(rest, 'en'),
    ...change,
  }
}

export function inputOf(pages: readonly PageInput[], change: Partial<AnswerInput> = {}): AnswerInput {
  return {
    modelId: 'local/x',
    task: 'ask',
    question: 'Why is it so?',
    fromSeq: 0,
    written: '',
    history: [],
    pages: [...pages],
    withRest: false,
    ...change,
  }
}
