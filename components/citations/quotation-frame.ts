/** What stands around the words of a quotation in an answer: its marks, and what follows them (a full stop, an author). */
export interface QuotationFrame {
  readonly open: string
  readonly close: string
  readonly tail: string
}

const quotationMark = /^["“”„‟«»‹›‘’‚‛'「」『』]$/

/** @param quotation the Markdown of one quotation, without marks of passages */
export function quotationFrame(quotation: string): QuotationFrame {
  const written = quotation.trim()
  if (written.startsWith('>')) {
    const [, author = ''] = /\n[\s>]*((?:[—–―]|--)\s*\S.*)$/.exec(written) ?? []
    return { open: '', close: '', tail: author === '' ? '' : ` ${author}` }
  }
  const characters = [...written]
  const [first = ''] = characters
  const last = characters.findLastIndex((character) => quotationMark.test(character))
  if (!quotationMark.test(first) || last <= 0) return { open: '“', close: '”', tail: '' }
  const tail = characters.slice(last + 1).join('')
  return { open: first, close: characters[last] ?? '”', tail: tail.replaceAll(/[*_]/g, '').trim() }
}
