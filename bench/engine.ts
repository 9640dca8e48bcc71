import { availableParallelism, loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { CommandError } from '../scripts/terminal/command-error.ts'
import { createProgress } from '../scripts/terminal/progress.ts'
import type { Bench, BenchResult } from './bench.ts'
import { isMet, type Part, type PartResult } from './engine/part.ts'
import { printFigures } from './engine/print-figures.ts'

/** Each part by its name, loaded when its turn comes. */
const parts: Readonly<Record<string, () => Promise<Part>>> = {
  wire: async () => (await import('./engine/wire.ts')).wire,
  take: async () => (await import('./engine/take.ts')).take,
  reruns: async () => (await import('./engine/reruns.ts')).reruns,
  streams: async () => (await import('./engine/streams.ts')).streams,
  stall: async () => (await import('./engine/stall.ts')).stall,
  boot: async () => (await import('./engine/boot.ts')).boot,
  kill: async () => (await import('./engine/kill.ts')).kill,
}

/** The embedded engine by itself: how quick it is, how much it stands, what it survives. */
export const engine: Bench = {
  async run(options) {
    const { names, seed } = readOptions(options)
    const progress = createProgress(process.stderr)
    const results: PartResult[] = []
    console.log(
      `${availableParallelism()} cores, on which ${loadavg()[0]?.toFixed(1)} programs wanted to run in the last minute\n`,
    )
    for (const name of names) {
      const part = await parts[name]?.()
      if (!part) continue
      const result = await progress.step(`Measuring ${name}`, async (note) => await part({ seed, note }))
      for (const line of result.notes) console.log(`${name}: ${line}`)
      for (const { defect, caught } of result.planted)
        console.log(`${name}: planted: ${defect}: ${caught ? 'caught' : 'NOT caught'}`)
      results.push(result)
    }
    console.log('')
    const figures = results.flatMap((result) => result.figures)
    printFigures(figures)
    return summarise(results)
  },
}

function summarise(results: readonly PartResult[]): BenchResult {
  const figures = results.flatMap((result) => result.figures)
  const ok = results.every(({ planted }) => planted.every(({ caught }) => caught))
  return {
    ok,
    figures: {
      ...Object.fromEntries(figures.map(({ name, value, digits }) => [name, Number(value.toFixed(digits))])),
      targets_missed: figures.filter((figure) => !isMet(figure)).length,
      cases_run: results.length,
      cases_skipped: Object.keys(parts).length - results.length,
      planted_caught: ok ? 1 : 0,
    },
  }
}

function readOptions(args: readonly string[]): { names: readonly string[]; seed: number } {
  const { values } = parseArgs({
    args: [...args],
    options: { only: { type: 'string' }, seed: { type: 'string', default: '1871' } },
  })
  const seed = Number(values.seed)
  const known = Object.keys(parts)
  if ((values.only !== undefined && !known.includes(values.only)) || !Number.isSafeInteger(seed)) {
    throw new CommandError(
      `"npm run bench -- engine [--only ${known.join('|')}] [--seed N]": one part, or all of them.`,
    )
  }
  return { names: values.only === undefined ? known : [values.only], seed }
}
