/** Every kind of space a person sees as one: NBSP, en to hair spaces, ideographic, Braille blank, line separators. */
const run = /[\s\u0085\u2800]+/gu

/** Text as a browser lays it out in a line: each run of white space is one space. */
export function collapseSpace(text: string): string {
  return text.replace(run, ' ')
}

/** Text in which line breaks and indentation are part of what is written (code, plain text files). */
export function preservedSpace(text: string): string {
  // Lines are trimmed one by one: a pattern for "spaces before a line's end" takes time with the square of a long run.
  return text
    .replace(/\r\n?|[\u0085\u2028\u2029]/gu, '\n')
    .replace(/[^\S\n\t]|\u2800/gu, ' ')
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
}
