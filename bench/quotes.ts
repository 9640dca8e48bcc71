import { parseArgs } from 'node:util'
import { CommandError } from '../scripts/terminal/command-error.ts'
import type { Bench, Figures } from './bench.ts'
import { printRows } from './print-rows.ts'
import { capturePages } from './quotes/capture-pages.ts'
import { type Cases, COUNT, makeCases } from './quotes/cases.ts'
import { type Form, type Invented, type Located, locateQuotes, tryInventions } from './quotes/measure.ts'
import { credulous, glossMatcher, literal, misplacing } from './quotes/planted-matchers.ts'
import { Random } from './random.ts'
import { timeQuotes, type Times } from './quotes/time-quotes.ts'

/** Sentences of saved pages quoted rightly and wrongly, and looked for in the page and in an edited one. */
export const quotes: Bench = {
  async run(options) {
    const { folder, seed, misses } = readOptions(options)
    const { texts, skipped } = await capturePages(folder)
    if (texts.length < 2) throw new CommandError(`${folder} holds fewer than two pages that can be read.`)
    const random = new Random(seed)
    const cases = makeCases(texts, random)
    const located = locateQuotes(cases, glossMatcher)
    const invented = tryInventions(cases, glossMatcher)
    const times = timeQuotes(cases, random.shuffled(texts), glossMatcher)
    const planted = plantedDefects(cases)

    print(located, invented, times)
    if (misses) for (const { examples } of [...located, ...invented]) for (const line of examples) console.log(line)
    for (const { defect, caught } of planted) console.log(`planted: ${defect}: ${caught ? 'caught' : 'NOT caught'}`)
    if (skipped.length > 0) console.log(`pages without a text: ${skipped.join(', ')}`)
    const ok = planted.every(({ caught }) => caught)
    const run = located.reduce((sum, row) => sum + row.cases, 0) + cases.invented.length
    const missing = COUNT - cases.quotes.length + COUNT - cases.invented.length
    return {
      ok,
      figures: {
        ...figuresOf(located, invented, times),
        pages: texts.length,
        cases_run: run,
        cases_skipped: missing,
        pages_skipped: skipped.length,
        planted_caught: ok ? 1 : 0,
      },
    }
  },
}

function figuresOf(located: readonly Located[], invented: readonly Invented[], times: Times): Figures {
  const sum = (pick: (row: Invented) => number): number => invented.reduce((total, row) => total + pick(row), 0)
  return {
    exact: rate(located, 'exact'),
    normalised: rate(located, 'normalised'),
    edited: rate(located, 'edited'),
    invented_accepted: sum(({ verified }) => verified),
    invented_paraphrased: sum(({ paraphrased }) => paraphrased),
    p95_ms: round(times.p95, 2),
    prepare_p95_ms: round(times.prepareP95, 2),
    p95_with_prepare_ms: round(times.aloneP95, 2),
  }
}

/**
 * Quotes found where they stand, in the page and in the edited one. One that is the page's must be verified too: found
 * as a paraphrase it would be called none.
 */
function rate(located: readonly Located[], form: Form): number {
  const rows = located.filter((row) => row.form === form)
  const right = rows.reduce((sum, row) => sum + (form === 'edited' ? row.right : row.verified), 0)
  return round(
    right /
      Math.max(
        1,
        rows.reduce((sum, row) => sum + row.cases, 0),
      ),
    4,
  )
}

/** Matchers that are wrong in one way each must be seen to be. */
function plantedDefects(cases: Cases): { defect: string; caught: boolean }[] {
  const misplaced = locateQuotes(cases, misplacing)
  const letters = locateQuotes(cases, literal)
  const accepted = tryInventions(cases, credulous).reduce((sum, { verified }) => sum + verified, 0)
  return [
    { defect: 'a matcher that finds quotes elsewhere', caught: rate(misplaced, 'exact') < 0.5 },
    {
      defect: 'a matcher that knows letters only',
      caught: rate(letters, 'exact') > 0.9 && rate(letters, 'normalised') < 0.5 && rate(letters, 'edited') < 0.5,
    },
    { defect: 'a matcher that believes numbers and negations', caught: accepted > cases.invented.length / 20 },
  ]
}

function print(located: readonly Located[], invented: readonly Invented[], times: Times): void {
  const percent = (part: number, whole: number): string => `${((100 * part) / Math.max(1, whole)).toFixed(1)} %`
  printRows([
    ['quoted', 'page', 'quotes', 'right place', 'verified', 'elsewhere', 'not found'],
    ...located.map(({ form, page, cases, right, verified, elsewhere }) => [
      form,
      page,
      String(cases),
      percent(right, cases),
      percent(verified, cases),
      String(elsewhere),
      String(cases - right - elsewhere),
    ]),
  ])
  console.log('')
  printRows([
    ['invented', 'quotes', 'verified', 'paraphrase', 'not found'],
    ...invented.map(({ kind, cases, verified, paraphrased }) =>
      [kind, cases, verified, paraphrased, cases - verified - paraphrased].map(String),
    ),
  ])
  const { quotes: count, p50, p95, worst, prepareP50, prepareP95, aloneP95 } = times
  const ms = (value: number): string => `${value.toFixed(2)} ms`
  console.log(`\n${String(count)} quotes in 100 KB: p50 ${ms(p50)}, p95 ${ms(p95)}, worst ${ms(worst)}`)
  console.log(
    `making the text ready: p50 ${ms(prepareP50)}, p95 ${ms(prepareP95)}; both for one quote: p95 ${ms(aloneP95)}\n`,
  )
}

function readOptions(args: readonly string[]): { folder: string; seed: number; misses: boolean } {
  const { values } = parseArgs({
    args: [...args],
    options: {
      pages: { type: 'string' },
      seed: { type: 'string', default: '1871' },
      misses: { type: 'boolean', default: false },
    },
  })
  const seed = Number(values.seed)
  if (values.pages === undefined || !Number.isSafeInteger(seed)) {
    throw new CommandError(
      'Say which pages: "npm run bench -- quotes --pages DIR [--seed N] [--misses]", a folder with ground-truth/ID.json and html/ID.html.gz; --misses prints the quotes that went wrong.',
    )
  }
  return { folder: values.pages, seed, misses: values.misses }
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits))
}
