import { printRows } from '../print-rows.ts'
import { isMet, type Figure } from './part.ts'

/** One line a figure, for people. */
export function printFigures(figures: readonly Figure[]): void {
  printRows([
    ['figure', 'measured', 'target', '', 'convex-test 0.0.60'],
    ...figures.map((figure) => [
      figure.name,
      figure.value.toFixed(figure.digits),
      targetOf(figure),
      figure.target === undefined ? '' : isMet(figure) ? 'met' : 'MISSED',
      figure.rival ?? '',
    ]),
  ])
}

function targetOf({ target }: Figure): string {
  if (target === undefined) return ''
  return 'most' in target ? `≤ ${target.most}` : `= ${target.exactly}`
}
