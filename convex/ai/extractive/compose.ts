import type { Framed } from '../pageFrame.ts'
import type { Found } from './findPassages.ts'
import type { Sentence } from './readPage.ts'

/** Markdown for the answers. All words beyond the lines written here are the page's, letter for letter. */

export function composeSummary(sentences: readonly Sentence[]): string {
  if (sentences.length === 0) return 'This page has no sentences to quote.'
  return `The main points of this page, in its own words:\n\n${composePoints(sentences)}`
}

export function composePoints(sentences: readonly Sentence[]): string {
  return sentences.map(({ text }) => `- ${quoted(escapeMarkdown(oneLine(text)))}`).join('\n')
}

export function composeAnswer(passages: readonly Found[], opening = 'The page says:'): string {
  return `${opening}\n\n${composeQuotes(passages)}`
}

export function composeQuotes(passages: readonly Found[]): string {
  return passages
    .map(({ sentences }) => `> ${escapeMarkdown(sentences.map(({ text }) => oneLine(text)).join(' '))}`)
    .join('\n\n')
}

interface Said {
  readonly page: Pick<Framed, 'title' | 'address'>
  /** Empty where the page says nothing of it. */
  readonly text: string
}

/** What several pages say, each under its number, title and host. */
export function composeByPage(said: readonly Said[], opening: string): string {
  const parts = said.map(({ page, text }, index) => {
    const host = URL.parse(page.address)?.host ?? ''
    const name = escapeMarkdown(oneLine(page.title || host || 'A page'))
    const named = page.title && host ? `**${name}** (${host})` : `**${name}**`
    return `${String(index + 1)}\\. ${named}\n\n${text || NO_ANSWER}`
  })
  return `${opening}\n\n${parts.join('\n\n')}`
}

export const NO_ANSWER = 'The page does not say.'
export const NO_ANSWER_ANYWHERE = 'None of these pages says.'
export const NO_MORE = 'The page does not say more about this.'

/** In quotation marks, unless the page put the whole sentence in some. */
function quoted(text: string): string {
  return /^[“„«‹「『"][^“”„«»‹›「」『』"]*[”“»›」』"]$/.test(text) ? text : `“${text}”`
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

/** So that what a page wrote is shown as it wrote it: no emphasis, code, link or element of its own. */
function escapeMarkdown(text: string): string {
  return text
    .replace(/[\\`*<[\]~|]/g, String.raw`\$&`)
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, String.raw`\_`)
    .replace(/&(?=#?\w+;)/g, String.raw`\&`)
}
