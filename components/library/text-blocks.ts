import type { Range } from './ranges.ts'

/** A stretch of a snapshot's Markdown between blank lines, by its offsets. */
export interface TextBlock extends Range {
  readonly kind: 'heading' | 'quote' | 'code' | 'table' | 'text'
}

/** Cuts a snapshot's text into its blocks. Every character that is not a line break between two is in one of them. */
export function textBlocks(text: string): readonly TextBlock[] {
  const blocks: TextBlock[] = []
  let open: { readonly start: number; readonly fence: string } | undefined
  for (const { start, end } of runs(text)) {
    const run = text.slice(start, end)
    const fence = open?.fence ?? /^(`{3,}|~{3,})/.exec(run)?.[1]
    if (fence === undefined) blocks.push({ kind: kindOf(run), start, end })
    else if (closes(run, fence, open === undefined)) {
      blocks.push({ kind: 'code', start: open?.start ?? start, end })
      open = undefined
    } else open ??= { start, fence }
  }
  // A page that was cut inside a piece of code.
  if (open) blocks.push({ kind: 'code', start: open.start, end: text.trimEnd().length })
  return blocks
}

function* runs(text: string): Generator<Range> {
  let start = 0
  for (const gap of text.matchAll(/\n{2,}/g)) {
    if (gap.index > start) yield { start, end: gap.index }
    start = gap.index + gap[0].length
  }
  if (text.length > start) yield { start, end: text.length }
}

function closes(run: string, fence: string, opensHere: boolean): boolean {
  const lines = run.split('\n')
  return (opensHere ? lines.length > 1 : true) && (lines.at(-1)?.trimEnd() ?? '') === fence
}

function kindOf(run: string): TextBlock['kind'] {
  if (/^#{1,6} /.test(run)) return 'heading'
  if (run.startsWith('>')) return 'quote'
  return run.startsWith('| ') ? 'table' : 'text'
}
