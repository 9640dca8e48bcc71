import type { Task } from '../../validators.ts'
import type { Framed } from '../pageFrame.ts'
import type { Breath } from './breath.ts'
import {
  composeAnswer,
  composeByPage,
  composePoints,
  composeQuotes,
  composeSummary,
  NO_ANSWER,
  NO_ANSWER_ANYWHERE,
  NO_MORE,
} from './compose.ts'
import { findPassages } from './findPassages.ts'
import { questionTerms } from './questionTerms.ts'
import { readPage, type Reading } from './readPage.ts'
import { summarise } from './summarise.ts'

interface Request {
  readonly task: Task
  readonly question: string
  readonly pages: readonly Framed[]
}

/** Words of a selection that are looked for elsewhere on the page. */
const SELECTION_TERMS = 12

/** The whole reply as Markdown. The same request gives the same reply, so that a cut one can be continued. */
export async function writeReply({ task, question, pages }: Request, breath: Breath): Promise<string> {
  const selection = pages.find((page) => page.kind === 'selection')
  const whole = pages.filter((page) => page.kind === 'page')
  if (whole.length > 1 && task !== 'explain') return await aboutEach(whole, { task, question }, breath)
  const asked = questionTerms(question, whole[0]?.lang ?? selection?.lang)
  // What stands around the main text can answer a question, and is no part of a summary.
  const answers = task === 'explain' || (task === 'ask' && asked.length > 0)
  const reading = await readPage(joinPages(answers ? pages.map(withRest) : pages), breath)
  if (task === 'summarise') {
    return composeSummary(await summarise(selection ? await readPage(selection, breath) : reading, breath))
  }
  if (selection && (task === 'explain' || asked.length === 0)) return await aboutSelection(selection, reading, breath)
  if (asked.length === 0) return composeSummary(await summarise(reading, breath))
  const passages = await findPassages(reading, asked, breath)
  return passages.length > 0 ? composeAnswer(passages) : NO_ANSWER
}

/** What each of several pages says, under its title. */
async function aboutEach(
  pages: readonly Framed[],
  { task, question }: Pick<Request, 'task' | 'question'>,
  breath: Breath,
): Promise<string> {
  const said: { page: Framed; text: string; answers: boolean }[] = []
  for (const page of pages) {
    const asked = task === 'ask' ? questionTerms(question, page.lang) : []
    const reading = await readPage(asked.length > 0 ? withRest(page) : page, breath)
    const passages = await findPassages(reading, asked, breath)
    const text = asked.length > 0 ? composeQuotes(passages) : composePoints(await summarise(reading, breath))
    said.push({ page, text, answers: asked.length === 0 || passages.length > 0 })
  }
  if (!said.some(({ answers }) => answers)) return NO_ANSWER_ANYWHERE
  return composeByPage(
    said,
    task === 'ask' ? 'The pages say:' : 'I can only quote. What each page says, in its own words:',
  )
}

/** What else the page says about the words of a selection. */
async function aboutSelection(selection: Framed, reading: Reading, breath: Breath): Promise<string> {
  const rarest = questionTerms(selection.text, selection.lang)
    .filter((term) => (reading.frequency.get(term) ?? 0) > 1)
    .toSorted((a, b) => (reading.frequency.get(a) ?? 0) - (reading.frequency.get(b) ?? 0))
    .slice(0, SELECTION_TERMS)
  const own = selection.text.replace(/\s+/g, ' ')
  const isOwn = (text: string): boolean => {
    const line = text.replace(/\s+/g, ' ')
    return own.includes(line) || line.includes(own)
  }
  // Any of its words will do, so each is asked for by itself, the rarest first.
  for (const term of rarest) {
    const passages = await findPassages(reading, [term], breath, (sentence) => isOwn(sentence.text))
    if (passages.length > 0) {
      return composeAnswer(passages, 'I can only quote. What else the page says about this:')
    }
  }
  return NO_MORE
}

function withRest(page: Framed): Framed {
  return page.rest ? { ...page, text: `${page.text}\n\n${page.rest}` } : page
}

function joinPages(pages: readonly Framed[]): { text: string; title: string; lang: string | undefined } {
  const whole = pages.filter((page) => page.kind === 'page')
  const used = whole.length > 0 ? whole : pages
  return {
    text: used.map((page) => page.text).join('\n\n'),
    title: used.map((page) => page.title).join(' '),
    lang: used[0]?.lang,
  }
}
