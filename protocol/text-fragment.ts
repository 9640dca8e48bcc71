/** Where a passage stands, by its words: what `citations` keep. */
export interface FragmentPassage {
  readonly words: string
  readonly prefix: string
  readonly suffix: string
}

/** A longer passage, or one over several blocks, is given by its first and last words. */
const LONG = 200
const EDGE_WORDS = 6
const CONTEXT_WORDS = 4

/**
 * The address of a page that a browser opens at a passage (the Scroll to Text Fragment specification,
 * https://wicg.github.io/scroll-to-text-fragment). Two directives: the first tells the passage from its likes by what
 * stands around it, the second is what is left when that has changed.
 */
export function textFragmentUrl(url: string, { words, prefix, suffix }: FragmentPassage): string {
  const passage = textDirective(words)
  if (passage === undefined) return url
  const before = edge(line(prefix, 'last'), CONTEXT_WORDS, 'last')
  const after = edge(line(suffix, 'first'), CONTEXT_WORDS, 'first')
  const around = `${before === '' ? '' : `${encoded(before)}-,`}${passage}${after === '' ? '' : `,-${encoded(after)}`}`
  const directives = around === passage ? `text=${passage}` : `text=${around}&text=${passage}`
  return `${url}${url.includes('#') ? '' : '#'}:~:${directives}`
}

function textDirective(words: string): string | undefined {
  const lines = words
    .split('\n')
    .map(plainLine)
    .filter((text) => text !== '')
  const [first, last] = [lines[0], lines.at(-1)]
  if (first === undefined || last === undefined) return undefined
  if (lines.length === 1 && first.length <= LONG) return encoded(first)
  const [start, end] = [edge(first, EDGE_WORDS, 'first'), edge(last, EDGE_WORDS, 'last')]
  return `${encoded(start)},${encoded(end)}`
}

function line(context: string, which: 'first' | 'last'): string {
  const lines = context
    .split('\n')
    .map(plainLine)
    .filter((text) => text !== '')
  return (which === 'first' ? lines[0] : lines.at(-1)) ?? ''
}

/** The first or last words; of a script without spaces as many characters as words have. */
function edge(text: string, count: number, which: 'first' | 'last'): string {
  const words = text.split(' ')
  if (words.length > count) return (which === 'first' ? words.slice(0, count) : words.slice(-count)).join(' ')
  if (text.length <= count * 12) return text
  const characters = [...text]
  return (which === 'first' ? characters.slice(0, count * 4) : characters.slice(-count * 4)).join('')
}

/** A line of a snapshot as the page shows it: without the marks that Markdown puts before it. */
function plainLine(text: string): string {
  return text
    .replace(/^[\s>]*(?:#{1,6} |[-*+] |\d{1,9}[.)] |\| ?)?/, '')
    .replace(/\s+/g, ' ')
    .trim()
}

/** `-`, `,` and `&` part the pieces of a directive from one another. */
function encoded(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replaceAll('-', '%2D')
}
