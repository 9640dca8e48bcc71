import { scrub } from './scrub.ts'

/** A page, or a selection, as the prompt frames it. All of it was written by others. */
export interface Framed {
  readonly kind: 'page' | 'selection'
  readonly title: string
  readonly address: string
  readonly lang?: string | undefined
  readonly text: string
}

/** Puts text between two lines that carry a nonce the text cannot contain, so that it cannot end its own frame. */
export function frame({ kind, title, address, lang, text }: Framed, nonce: string): string {
  const header = [`Title: ${oneLine(title, nonce)}`, `Address: ${oneLine(address, nonce)}`]
  if (lang) header.push(`Language: ${oneLine(lang, nonce)}`)
  return `[${kind} ${nonce} begins]\n${header.join('\n')}\n\n${scrub(text, nonce)}\n[${kind} ${nonce} ends]`
}

/** Reads a frame back; null when the text is not one. */
export function unframe(framed: string): Framed | null {
  const match = /^\[(page|selection) ([0-9a-f]{32}) begins\]\n/.exec(framed)
  const [opening, kind, nonce] = match ?? []
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
    text: inside.slice(blank + 2),
  }
}

function oneLine(text: string, nonce: string): string {
  return scrub(text, nonce).replace(/\s+/g, ' ').trim()
}
