import type { Random } from '../../random.ts'

const SYLLABLES = ['ba', 'che', 'dor', 'el', 'fin', 'gra', 'hu', 'is', 'jo', 'kel', 'lum', 'mar', 'no', 'per', 'quo']
const VOCABULARY = 6_000
const SENTENCES_A_PARAGRAPH = 5
const PARAGRAPHS_A_HEADING = 12

/**
 * Markdown of about so many words, with headings, in sentences of 8 to 24 words. As in any language, few words are
 * common and most are rare.
 */
export function longText(words: number, random: Random): string {
  const vocabulary = Array.from({ length: VOCABULARY }, () => {
    return Array.from({ length: 2 + random.below(3) }, () => random.pick(SYLLABLES) ?? '').join('')
  })
  const word = (): string => vocabulary[Math.floor(VOCABULARY * random.next() ** 3)] ?? ''
  const sentence = (): string => {
    const text = Array.from({ length: 8 + random.below(17) }, word).join(' ')
    return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
  }
  const blocks: string[] = []
  let count = 0
  while (count < words) {
    if (blocks.length % (PARAGRAPHS_A_HEADING + 1) === 0) {
      blocks.push(`## ${sentence().slice(0, 40)}`)
      continue
    }
    const paragraph = Array.from({ length: SENTENCES_A_PARAGRAPH }, sentence).join(' ')
    count += paragraph.split(' ').length
    blocks.push(paragraph)
  }
  return blocks.join('\n\n')
}
