/** A snapshot's words as a page shows them on one line: without the Markdown that begins a line, or parts table cells. */
export function pageWords(words: string): string {
  return words
    .split('\n')
    .filter((line) => !/^\s*(?:`{3,}|~{3,}|\|?(?:\s*:?-{3,}:?\s*\|?)+\s*$)/.test(line))
    .map((line) => line.replace(/^[\s>]*(?:#{1,6} |[-*+] )?/, '').replaceAll(/(?<!\\)\|/g, ' '))
    .join(' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
}
