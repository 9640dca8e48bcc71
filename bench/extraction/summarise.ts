import { quantile } from '../streaming/lag.ts'
import { readers, type Reader, type ReadPage } from './measure-page.ts'
import { scoreWords, shareFound, type Score } from './score.ts'

/** Means over pages. */
export interface ReaderScore extends Score {
  /** Share of the snippets that must be there and are; of those that must not be there and are not. */
  readonly withRate: number
  readonly withoutRate: number
}

export interface TypeScores {
  readonly type: string
  readonly pages: number
  readonly of: Readonly<Record<Reader, ReaderScore>>
  /** Recall of everything that Gloss captured. */
  readonly recallAll: number
}

export interface Times {
  readonly p50: number
  readonly p90: number
  readonly rivalP50: number
  readonly rivalP90: number
}

/** One row a page type, by the number of its pages. */
export function scoresByType(read: readonly ReadPage[]): readonly TypeScores[] {
  const types = Map.groupBy(read, ({ page }) => page.type)
  return [...types].map(([type, pages]) => scoresOf(type, pages)).toSorted((a, b) => b.pages - a.pages)
}

export function scoresOf(type: string, read: readonly ReadPage[]): TypeScores {
  const score = (reader: Reader): ReaderScore => {
    const scores = read.map(({ page, main }) => scoreWords(main[reader], page.main))
    return {
      f1: mean(scores.map(({ f1 }) => f1)),
      precision: mean(scores.map(({ precision }) => precision)),
      recall: mean(scores.map(({ recall }) => recall)),
      withRate: mean(read.map(({ page, main }) => shareFound(main[reader], page.with))),
      withoutRate: 1 - mean(read.map(({ page, main }) => shareFound(main[reader], page.without))),
    }
  }
  return {
    type,
    pages: read.length,
    of: {
      gloss: score('gloss'),
      readability: score('readability'),
      defuddle: score('defuddle'),
      hybrid: score('hybrid'),
      innerText: score('innerText'),
    },
    recallAll: mean(read.map(({ page, all }) => scoreWords(all, page.main).recall)),
  }
}

/** Our F1 less the best of the others'. */
export function lead({ of }: TypeScores): number {
  return of.gloss.f1 - bestOther(of)
}

export function bestOther(of: TypeScores['of']): number {
  return Math.max(...readers.filter((reader) => reader !== 'gloss').map((reader) => of[reader].f1))
}

export function timesOf(read: readonly ReadPage[]): Times {
  const ours = read.map(({ ms }) => ms)
  const rivals = read.map(({ rivalMs }) => rivalMs)
  return {
    p50: quantile(ours, 0.5),
    p90: quantile(ours, 0.9),
    rivalP50: quantile(rivals, 0.5),
    rivalP90: quantile(rivals, 0.9),
  }
}

function mean(values: readonly (number | undefined)[]): number {
  const known = values.filter((value) => value !== undefined)
  return known.length === 0 ? 0 : known.reduce((sum, value) => sum + value, 0) / known.length
}
