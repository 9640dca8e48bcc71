import { scrub } from './scrub.ts'

/** Where text in the prompt is from. All of it was written by others. */
interface Source {
  readonly title: string
  readonly address: string
  readonly lang?: string | undefined
}

/** Text of a page's main part, or of what stands around it. */
export interface Section {
  readonly zone: 'main' | 'rest'
  readonly text: string
}

/** A page, or a selection, as a frame holds it. */
export interface Framed extends Source {
  readonly kind: 'page' | 'selection'
  /** The main text, or all of it where the frame does not tell. */
  readonly text: string
  /** Comments, sidebars, footers. */
  readonly rest?: string
}

/**
 * Puts a page's sections between two lines that carry a nonce the text cannot contain, so that it cannot end its own
 * frame. Where some are `rest`, a line with the nonce says so before each.
 */
export function frame(
  kind: Framed['kind'] | 'headings',
  { title, address, lang }: Source,
  sections: readonly Section[],
  nonce: string,
): string {
  const header = [`Title: ${oneLine(title, nonce)}`, `Address: ${oneLine(address, nonce)}`]
  if (lang) header.push(`Language: ${oneLine(lang, nonce)}`)
  const zoned = sections.some(({ zone }) => zone === 'rest')
  const texts = sections.map(({ zone, text }) => (zoned ? `[${zone} ${nonce}]\n\n` : '') + scrub(text, nonce))
  return enclose(kind, `${header.join('\n')}\n\n${texts.join('\n\n')}`, nonce)
}

/** Notes that were taken of a page: written by a model that had read it, so no more to be trusted than the page. */
export function frameNotes(text: string, nonce: string): string {
  return enclose('notes', scrub(text, nonce), nonce)
}

function enclose(kind: string, text: string, nonce: string): string {
  return `[${kind} ${nonce} begins]\n${text}\n[${kind} ${nonce} ends]`
}

/** Reads a frame of a page or a selection back; null when the text is none. */
export function unframe(framed: string): Framed | null {
  const match = /^\[(page|selection) ([0-9a-f]{32}) begins\]\n/.exec(framed)
  const [opening, kind, nonce = ''] = match ?? []
  const closing = `\n[${kind} ${nonce} ends]`
  if (opening === undefined || !framed.endsWith(closing)) return null
  const inside = framed.slice(opening.length, -closing.length)
  const blank = inside.indexOf('\n\n')
  if (blank < 0) return null
  const fields = new Map(
    inside
      .slice(0, blank)
      .split('\n')
      .map((line): [string, string] => {
        const colon = line.indexOf(': ')
        return [line.slice(0, colon), line.slice(colon + 2)]
      }),
  )
  return {
    kind: kind === 'page' ? 'page' : 'selection',
    title: fields.get('Title') ?? '',
    address: fields.get('Address') ?? '',
    lang: fields.get('Language'),
    ...readSections(inside.slice(blank + 2), nonce),
  }
}

function readSections(text: string, nonce: string): Pick<Framed, 'text' | 'rest'> {
  // The pieces: what stands before the first line, then zone and text by turns.
  const [first = '', ...pieces] = text.split(new RegExp(`(?:^|\\n\\n)\\[(main|rest) ${nonce}\\]\\n\\n`))
  if (pieces.length === 0) return { text: first }
  const of = (zone: string): string =>
    pieces.filter((_, index) => index % 2 === 1 && pieces[index - 1] === zone).join('\n\n')
  return { text: of('main'), rest: of('rest') }
}

function oneLine(text: string, nonce: string): string {
  return scrub(text, nonce).replace(/\s+/g, ' ').trim()
}
