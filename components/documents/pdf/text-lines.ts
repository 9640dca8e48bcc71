/** One run of text as pdf.js gives it, in the order of the page's own content. */
export interface TextRun {
  readonly str: string
  /** From text space to the page's: the last two are where the baseline begins, in points. */
  readonly transform: readonly number[]
  readonly width: number
  readonly hasEOL: boolean
}

/** One line of a page, measured along its own baseline: turned text is measured as if it were level. */
export interface TextLine {
  readonly text: string
  /** Where it begins and ends. */
  readonly start: number
  readonly end: number
  /** Height of the baseline: a line further down has a smaller one. */
  readonly base: number
  /** Of the font, in points. */
  readonly size: number
  /** Degrees counter-clockwise, rounded. */
  readonly angle: number
}

/** The visible part of a page: left, bottom, right, top. */
export type PageBox = readonly [number, number, number, number]

/** Text smaller than this is set so that nobody reads it. */
const LEAST_POINTS = 1

/** Joins the runs of a page to lines. What lies outside the page, or is too small to be seen, is left out. */
export function textLines(runs: readonly TextRun[], box: PageBox): TextLine[] {
  const lines: TextLine[] = []
  let open: TextLine | undefined
  const close = (): void => {
    const text = open?.text.replace(/\s+/gu, ' ').trim()
    if (open && text) lines.push({ ...open, text })
    open = undefined
  }
  for (const run of runs) {
    if (run.str.trim() === '') open &&= { ...open, text: open.text + run.str }
    else {
      const placed = place(run)
      const visible = placed.size >= LEAST_POINTS && isOn(run, box)
      if (open && (placed.angle !== open.angle || !visible)) close()
      if (visible) open = open ? extend(open, placed) : placed
    }
    if (run.hasEOL) close()
  }
  close()
  return lines
}

function place({ str, transform, width }: TextRun): TextLine {
  const [a = 1, b = 0, c = 0, d = 1, x = 0, y = 0] = transform
  const direction = Math.atan2(b, a)
  const [cos, sin] = [Math.cos(direction), Math.sin(direction)]
  const start = x * cos + y * sin
  return {
    text: str,
    start,
    end: start + width,
    base: y * cos - x * sin,
    size: Math.hypot(c, d),
    angle: Math.round((direction * 180) / Math.PI),
  }
}

function extend(line: TextLine, { text, start, end }: TextLine): TextLine {
  return {
    ...line,
    text: line.text + text,
    start: Math.min(line.start, start),
    end: Math.max(line.end, end),
  }
}

function isOn({ transform, width }: TextRun, [left, bottom, right, top]: PageBox): boolean {
  const [a = 1, b = 0, , , x = 0, y = 0] = transform
  const length = Math.hypot(a, b) || 1
  const [toX, toY] = [x + (width * a) / length, y + (width * b) / length]
  return Math.max(x, toX) >= left && Math.min(x, toX) <= right && Math.max(y, toY) >= bottom && Math.min(y, toY) <= top
}
