import { knownLocale } from './sentences.ts'

const word = /[\p{L}\p{N}\p{M}]+(?:['’][\p{L}\p{M}]+)*/gu
/** Written without spaces, and short enough in words that two characters stand for one. */
const cjk = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u
/** Written without spaces, in words of many characters: only a dictionary can split them. */
const dictionary = /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u

const segmenters = new Map<string, Intl.Segmenter>()

/**
 * The words of a text in lower case, for comparing. Chinese and Japanese give pairs of characters, which compare well
 * without knowing where a word ends; the scripts of South-East Asia go through `Intl.Segmenter`.
 */
export function termsOf(text: string, lang?: string): string[] {
  const terms: string[] = []
  for (const [run] of text.normalize('NFKC').toLowerCase().matchAll(word)) {
    if (dictionary.test(run)) terms.push(...segment(run, lang))
    else if (cjk.test(run)) terms.push(...pairs(run))
    else terms.push(run.replaceAll('’', "'").replace(/'s$/, ''))
  }
  return terms
}

/** How likely a word carries meaning, by its length alone: short words are mostly grammar in alphabetic scripts. */
export function lengthWeight(term: string): number {
  if (cjk.test(term)) return 1
  const length = [...term].length
  if (/^\p{N}+$/u.test(term)) return 0.7
  if (length <= 2) return 0.15
  return length === 3 ? 0.5 : 1
}

/** Runs of Han and Kana in pairs; anything else in the run (a Latin name) whole. */
function* pairs(run: string): Generator<string> {
  for (const [part] of run.matchAll(
    /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]+|[^\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]+/gu,
  )) {
    const characters = [...part]
    if (!cjk.test(part) || characters.length === 1) yield part
    else for (let at = 0; at + 1 < characters.length; at++) yield `${characters[at]}${characters[at + 1]}`
  }
}

function segment(run: string, lang: string | undefined): string[] {
  const key = lang ?? ''
  let segmenter = segmenters.get(key)
  if (!segmenter) {
    segmenter = new Intl.Segmenter(knownLocale(lang), { granularity: 'word' })
    segmenters.set(key, segmenter)
  }
  return [...segmenter.segment(run)].filter((part) => part.isWordLike).map((part) => part.segment)
}
