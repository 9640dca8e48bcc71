import type { Random } from '../random.ts'

const spaces = ['  ', '\n', '\u00A0', ' \n', '\u2009', '\t']
const doubles = ['“”', '""', '«»', '„“', '‘’']
/** Not after a number, where a mark may be one of inches. */
const double = /(?<!\d)["“”„«»]/gu
const single = /(?<!\d)['’]/gu

/** The same words with other white space and other quotation marks. */
export function requote(text: string, random: Random): string {
  const marks = random.pick(doubles) ?? '""'
  const marked = text
    .replace(single, (mark) => (mark === "'" ? '’' : "'"))
    .replace(double, (_mark, at: number) => marks.charAt(/(?:^|[\s([])$/u.test(text.slice(0, at)) ? 0 : 1))
  const spaced = marked.replace(/\s+/g, (space) => (random.chance(0.3) ? (random.pick(spaces) ?? space) : space))
  // A quote of which nothing has changed would be an exact one.
  return spaced === text ? text.replace(/\s+/, '\n ') : spaced
}
