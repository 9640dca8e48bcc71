import type { Random } from '../random.ts'

export type Invention = 'number' | 'name' | 'negation'

/** A sentence with one number, name or negation changed; null when it has none to change. */
export function invent(kind: Invention, text: string, names: readonly string[], random: Random): string | null {
  switch (kind) {
    case 'number':
      return changeNumber(text, random)
    case 'name':
      return changeName(text, names, random)
    case 'negation':
      return changeNegation(text, random)
  }
}

const numberWords = 'two three four five six seven eight nine ten eleven twelve twenty thirty hundred thousand million'
const numberWord = new RegExp(`(?<![\\p{L}-])(?:${numberWords.replaceAll(' ', '|')})(?![\\p{L}-])`, 'gu')

function changeNumber(text: string, random: Random): string | null {
  const digits = [...text.matchAll(/\p{Nd}/gu)]
  const words = [...text.matchAll(numberWord)]
  const found = random.pick([...digits, ...words])
  if (!found) return null
  const isDigit = found[0].length === 1
  const choices = isDigit ? ['1', '2', '3', '4', '5', '6', '7', '8', '9'] : numberWords.split(' ')
  return replaced(text, found, random.pick(choices.filter((choice) => choice !== found[0])) ?? '')
}

/** Names of a text: words with a capital that do not open a sentence. */
export function namesIn(text: string): string[] {
  return [...text.matchAll(/(?<=\p{Ll},? )\p{Lu}\p{Ll}{2,}(?![\p{L}'’-])/gu)].map(([name]) => name)
}

function changeName(text: string, names: readonly string[], random: Random): string | null {
  const found = random.pick([...text.matchAll(/(?<=\p{Ll},? )\p{Lu}\p{Ll}{2,}(?![\p{L}'’-])/gu)])
  const other = random.pick(names)
  return found && other !== undefined && !text.includes(other) ? replaced(text, found, other) : null
}

const turns: readonly (readonly [RegExp, string])[] = [
  [/\b(is|are|was|were|can|could|will|would|should|must|may|has|had|does|did|do)\b(?! not\b)(?!n?['’]t)/gu, '$1 not'],
  [/(?<=\b(?:is|are|was|were|can|could|will|would|should|must|may|has|had|does|did|do)) not\b/gu, ''],
  [/\b(is|are|was|were|could|would|should|has|had|does|did|do)n['’]t\b/gu, '$1'],
  [/\bcan(?:not|['’]t)\b/gu, 'can'],
  [/\bnever\b/gu, 'always'],
  [/\bwithout\b/gu, 'with'],
  [/\bno\b(?= \p{Ll})/gu, 'some'],
  [/\bun(?=(?:able|likely|known|usual|safe|available|necessary|clear|fair|happy|used)\b)/gu, ''],
]

function changeNegation(text: string, random: Random): string | null {
  for (const [pattern, other] of random.shuffled(turns)) {
    const found = random.pick([...text.matchAll(pattern)])
    if (found) return replaced(text, found, other.replace('$1', found[1] ?? ''))
  }
  return null
}

function replaced(text: string, { 0: old, index }: RegExpExecArray, other: string): string {
  return text.slice(0, index) + other + text.slice(index + old.length)
}
