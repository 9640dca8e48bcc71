import type { Found } from './findPassages.ts'
import type { Sentence } from './readPage.ts'

/** Markdown for the answers. All words beyond the lines written here are the page's, letter for letter. */

export function composeSummary(sentences: readonly Sentence[]): string {
  if (sentences.length === 0) return 'This page has no sentences to quote.'
  const points = sentences.map(({ text }) => `- ${quoted(escapeMarkdown(oneLine(text)))}`)
  return `The main points of this page, in its own words:\n\n${points.join('\n')}`
}

export function composeAnswer(passages: readonly Found[], opening = 'The page says:'): string {
  const quotes = passages.map(
    ({ sentences }) => `> ${escapeMarkdown(sentences.map(({ text }) => oneLine(text)).join(' '))}`,
  )
  return `${opening}\n\n${quotes.join('\n\n')}`
}

export const NO_ANSWER = 'The page does not say.'
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
