/** One run of prose on a page, without the Markdown that frames it. */
export interface Unit {
  readonly kind: 'heading' | 'paragraph' | 'item' | 'quote'
  readonly text: string
}

const fence = /^\s*(```|~~~)/
const heading = /^\s{0,3}#{1,6}\s+(.*)$/
const item = /^\s*(?:[-*+•]|\d{1,4}[.)])\s+(.*)$/
const quote = /^\s*>\s?(.*)$/
const furniture = /^\s*(?:\||[-*_=](?:\s*[-*_=]){2,}\s*$|!\[[^\]]*\]\([^)]*\)\s*$)/

/** Reads Markdown line by line. Code, tables, rules and lone images are furniture: they say nothing in sentences. */
export function* readUnits(markdown: string): Generator<Unit> {
  let code = false
  let open: { kind: Unit['kind']; lines: string[] } | null = null
  function* close(): Generator<Unit> {
    const text = open?.lines.join('\n').trim()
    if (open && text) yield { kind: open.kind, text: withoutTargets(text) }
    open = null
  }
  for (const line of lines(markdown)) {
    if (fence.test(line)) {
      yield* close()
      code = !code
    } else if (code) continue
    else if (line.trim() === '' || furniture.test(line)) yield* close()
    else {
      const [kind, text] = classify(line)
      const goesOn: boolean =
        open !== null &&
        (kind === open.kind ? kind === 'paragraph' || kind === 'quote' : kind === 'paragraph' && open.kind === 'item')
      if (open && goesOn) open.lines.push(text)
      else {
        yield* close()
        open = { kind, lines: [text] }
      }
    }
  }
  yield* close()
}

function classify(line: string): [Unit['kind'], string] {
  const head = heading.exec(line)
  if (head) return ['heading', head[1]?.replace(/\s+#+\s*$/, '') ?? '']
  const bullet = item.exec(line)
  if (bullet) return ['item', bullet[1] ?? '']
  const cited = quote.exec(line)
  if (cited) return ['quote', cited[1]?.replace(/^(>\s?)+/, '') ?? '']
  return ['paragraph', line.trim()]
}

/** `[text](address)` becomes `text`; images go. Capture writes neither, but a page may be Markdown itself. */
function withoutTargets(text: string): string {
  if (!text.includes('](')) return text
  return text.replace(/!\[[^\]\n]*\]\([^)\n]*\)/g, '').replace(/\[([^\]\n]+)\]\([^)\s]+\)/g, '$1')
}

/** Without an array of every line of a 4 MB text. */
function* lines(text: string): Generator<string> {
  for (let from = 0; from <= text.length;) {
    const at = text.indexOf('\n', from)
    const to = at < 0 ? text.length : at
    yield text.slice(from, to)
    from = to + 1
  }
}
