import { printRows } from '../print-rows.ts'
import { readers } from './measure-page.ts'
import { lead, type Times, type TypeScores } from './summarise.ts'

const share = (value: number): string => value.toFixed(3)
const ms = (value: number): string => value.toFixed(0)

/** By reader over all pages, then by page type, then times. */
export function printScores(overall: TypeScores, types: readonly TypeScores[], times: Times): void {
  printRows([
    ['reader', 'F1', 'precision', 'recall', '"with" found', '"without" absent'],
    ...readers.map((reader) => {
      const { f1, precision, recall, withRate, withoutRate } = overall.of[reader]
      return [reader, ...[f1, precision, recall, withRate, withoutRate].map(share)]
    }),
  ])
  console.log('\nF1 by page type')
  printRows([
    ['type', 'pages', ...readers, 'lead', 'our precision', 'our recall', 'main and rest: recall'],
    ...[...types, overall].map((row) => [
      row.type,
      String(row.pages),
      ...readers.map((reader) => share(row.of[reader].f1)),
      share(lead(row)),
      share(row.of.gloss.precision),
      share(row.of.gloss.recall),
      share(row.recallAll),
    ]),
  ])
  console.log('\nmilliseconds a page')
  printRows([
    ['', 'p50', 'p90'],
    ['gloss, everything', ms(times.p50), ms(times.p90)],
    ['Readability and Defuddle', ms(times.rivalP50), ms(times.rivalP90)],
  ])
}
