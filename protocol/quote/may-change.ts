import { dateWords, negations, numberWords, openingWords, unitWords } from './fixed-words.ts'
import type { Word } from './word.ts'

/** Whether the text has a word in lower case: then a capital at the beginning of a sentence says nothing of names. */
export type KnowsOrdinary = (lowerCaseWord: string) => boolean

/**
 * Whether another word may stand for this one in a paraphrase: not for numbers, dates, units, names, negations, signs,
 * nor for any word of a script in which names look like other words.
 */
export function mayChange(word: Word, before: Word | undefined, isOrdinary: KnowsOrdinary): boolean {
  const { text, lower } = word
  if (/\p{N}/u.test(text) || /[\p{Sc}\p{Sm}%‰°@#\\_&^*]|^\//u.test(text)) return false
  if (/[\p{Lo}\p{Script=Georgian}]/u.test(text)) return false
  if (/[./:]\p{L}/u.test(text)) return false
  if (/n't$|^n'/u.test(lower)) return false
  for (const part of partsOf(lower)) {
    if (negations.has(part) || numberWords.has(part) || dateWords.has(part)) return false
  }
  if (before !== undefined && isCount(before) && (lower.length <= 3 || unitWords.has(lower))) return false
  return isOrdinaryCase(word, isOrdinary)
}

/** Whether two words that stand for each other say the contrary: able and unable, careful and careless. */
export function areContrary(a: Word, b: Word): boolean {
  const [short, long] = [a.lower, b.lower].toSorted((one, other) => one.length - other.length)
  if (short === undefined || long === undefined || short === long) return false
  const prefix = long.endsWith(short) ? long.slice(0, long.length - short.length) : ''
  if (/^(?:un|in|im|il|ir|dis|non|mis|anti|miss|dés|dé|des|de|a|on|u|o)-?$/u.test(prefix)) return true
  const stem = (word: string): string => word.replace(/(?:less|ful|los|voll)(?:ly|e|en|er|es)?$/u, '')
  const isEmpty = (word: string): boolean => /(?:less|los)(?:ly|e|en|er|es)?$/u.test(word)
  return isEmpty(short) !== isEmpty(long) && stem(short) === stem(long)
}

export function isNegation({ lower }: Word): boolean {
  return /n't$|^n'/u.test(lower) || partsOf(lower).some((part) => negations.has(part))
}

/** Words that are joined by a hyphen, an apostrophe, or a comma without its space. */
function partsOf(lower: string): string[] {
  return [lower, ...lower.split(/[^\p{L}\p{N}\p{M}']+/u), ...lower.split("'")]
}

function isCount(word: Word): boolean {
  return /\p{N}/u.test(word.text) || word.lower.split('-').some((part) => numberWords.has(part))
}

/** A capital makes a name, unless the word opens a sentence and is known otherwise. */
function isOrdinaryCase({ text, lower, opens }: Word, isOrdinary: KnowsOrdinary): boolean {
  if (text === lower || /^i(?:'\p{L}+)?$/u.test(lower)) return true
  const onlyFirst = text.slice(1) === lower.slice(1)
  return onlyFirst && opens && (openingWords.has(lower) || isOrdinary(lower))
}
