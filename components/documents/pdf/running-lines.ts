import type { TextLine } from './text-lines.ts'

export interface SortedLines {
  /** The lines of each page without those that run through the document. */
  readonly pages: readonly (readonly TextLine[])[]
  /** What runs at the head or foot of pages, each once; page numbers alone are left out. */
  readonly running: readonly string[]
}

/** Lines from the top and from the foot that are looked at; fewer on a page of few lines. */
const EDGE = 2
/** Points by which a running line may be set higher or lower on another page. */
const SAME_HEIGHT = 3

const pageNumber =
  /^\W*(?:#|[ivxlc]+)(?:\s*(?:of|\/)\s*#)?\W*$|^\W*(?:page|seite|p\.)\s*#(?:\s*(?:of|von|\/)\s*#)?\W*$/u

/**
 * Heads and feet that run through a document would stand in the middle of its sentences. They are the lines at an edge
 * of the page that say the same at the same height on three pages, their numbers apart (page numbers: on two).
 */
export function withoutRunningLines(pages: readonly (readonly TextLine[])[]): SortedLines {
  const edges = pages.map(edgeLines)
  const seen = new Map<string, { readonly base: number; pages: number }[]>()
  for (const lines of edges) {
    for (const line of lines) {
      const places = seen.get(key(line)) ?? []
      const place = places.find(({ base }) => Math.abs(base - line.base) <= SAME_HEIGHT)
      if (place) place.pages += 1
      else places.push({ base: line.base, pages: 1 })
      seen.set(key(line), places)
    }
  }
  const runs = (line: TextLine): boolean => {
    const least = pageNumber.test(key(line)) ? 2 : 3
    const places = seen.get(key(line)) ?? []
    return places.some(({ base, pages: times }) => times >= least && Math.abs(base - line.base) <= SAME_HEIGHT)
  }
  const running = new Map<string, string>()
  const kept = pages.map((lines, at) => {
    const out = new Set(edges[at]?.filter(runs))
    for (const line of out) {
      if (!pageNumber.test(key(line)) && !running.has(key(line))) running.set(key(line), line.text)
    }
    return out.size === 0 ? lines : lines.filter((line) => !out.has(line))
  })
  return { pages: kept, running: [...running.values()] }
}

/** The highest and lowest lines, wherever they stand in the page's content. */
function edgeLines(lines: readonly TextLine[]): TextLine[] {
  const sorted = lines.filter(({ angle }) => angle === 0).toSorted((a, b) => b.base - a.base)
  const edge = Math.min(EDGE, Math.floor(sorted.length / 3))
  return edge === 0 ? [] : [...sorted.slice(0, edge), ...sorted.slice(-edge)]
}

function key({ text }: TextLine): string {
  return text.toLowerCase().replace(/\d+/g, '#')
}
