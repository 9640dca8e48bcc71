import type { MessageContext } from './message-head.ts'

export interface Coverage {
  /** What was read of the page, for a person. */
  readonly line: string
  /** Asking again can read what stands around the main text too. */
  readonly canInclude: boolean
}

type Sent = Pick<
  MessageContext,
  | 'words'
  | 'wordsMain'
  | 'wordsRest'
  | 'truncated'
  | 'sentWords'
  | 'sentMainWords'
  | 'sentRestWords'
  | 'passes'
  | 'passageCount'
  | 'reading'
  | 'serverCut'
>

const format = new Intl.NumberFormat('en')

/** How much of a page an answer is based on, from what was really sent; undefined before anything was. */
export function coverageOf(sent: Sent): Coverage | undefined {
  const { words, wordsMain, wordsRest, sentWords, reading, truncated } = sent
  if (sentWords === undefined) return undefined
  const { sentMainWords = sentWords, sentRestWords = 0 } = sent
  const cut = truncated ? ' The page was longer than can be kept.' : ''
  const share = percent(sentWords, words)
  if (sent.serverCut === true) {
    return { line: `read about ${share}: the model’s server cut what it was sent.${cut}`, canInclude: false }
  }
  if (sentWords >= words) {
    return { line: `read 100 %: ${counted(words, 'word')}${passesOf(sent)}${cut && `.${cut}`}`, canInclude: false }
  }
  if (reading === 'nearest') {
    const passages = sent.passageCount === 1 ? 'the passage' : `the ${format.format(sent.passageCount ?? 0)} passages`
    return { line: `read ${share}: ${passages} nearest to your question${cut && `.${cut}`}`, canInclude: false }
  }
  if (sentMainWords >= wordsMain && sentRestWords < wordsRest) {
    const left = counted(wordsRest - sentRestWords, 'word')
    return {
      line: `main text 100 %${passesOf(sent)}, ${left} of comments and margins not used${cut && `.${cut}`}`,
      canInclude: true,
    }
  }
  return {
    line: `read ${share}: ${format.format(sentWords)} of ${counted(words, 'word')}${passesOf(sent)}${cut && `.${cut}`}`,
    canInclude: false,
  }
}

function passesOf({ passes = 1, reading }: Sent): string {
  return reading === 'passes' && passes > 1 ? `, ${counted(passes, 'pass', 'passes')}` : ''
}

/** Whole numbers; 100 only for all of it, and 0 only for nothing. */
function percent(part: number, whole: number): string {
  if (whole === 0 || part >= whole) return '100 %'
  const floor = Math.floor((100 * part) / whole)
  return `${String(part > 0 ? Math.max(1, floor) : floor)} %`
}

function counted(count: number, one: string, many = `${one}s`): string {
  return `${format.format(count)} ${count === 1 ? one : many}`
}
