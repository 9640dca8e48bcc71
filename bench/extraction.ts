import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { buildExtension } from '../scripts/local/build-extension.ts'
import { CommandError } from '../scripts/terminal/command-error.ts'
import { createProgress } from '../scripts/terminal/progress.ts'
import type { Bench, Figures } from './bench.ts'
import { readLabelledPages } from './extraction/labelled-page.ts'
import { measurePage, type ReadPage, type Scripts } from './extraction/measure-page.ts'
import { PageBrowser } from './extraction/page-browser.ts'
import { plantedDefects } from './extraction/planted-defects.ts'
import { printScores } from './extraction/print-scores.ts'
import { rivalScript } from './extraction/rival-script.ts'
import { longTask } from './long-task.ts'
import { bestOther, lead, scoresByType, scoresOf, timesOf } from './extraction/summarise.ts'

const root = join(import.meta.dirname, '..')

/** The built content script over saved pages whose main content people marked, beside what others take for it. */
export const extraction: Bench = {
  async run(options) {
    const { folder, out } = readOptions(options)
    const { pages, skipped } = await readLabelledPages(folder)
    const progress = createProgress(process.stderr)
    const extension = await buildExtension(root, progress)
    const scripts: Scripts = {
      pageReader: await readFile(join(extension, 'page-reader.js'), 'utf8'),
      rivals: await rivalScript(),
    }
    await using browser = await PageBrowser.launch()
    const read: ReadPage[] = []
    await progress.step(`Reading ${pages.length} pages`, async (note) => {
      for (const [at, page] of pages.entries()) {
        read.push(await measurePage(browser, page, scripts, at % 2 === 0))
        if (at % 20 === 19) note(`${at + 1} of ${pages.length}`)
      }
    })
    const planted = await plantedDefects(browser, scripts, read)

    printScores(scoresOf('all', read), scoresByType(read), timesOf(read))
    console.log('')
    for (const { page, longestTask } of read.filter(isHeldUp))
      console.log(`${page.id}: held for ${longestTask.toFixed(0)} ms`)
    for (const { defect, caught } of planted) console.log(`planted: ${defect}: ${caught ? 'caught' : 'NOT caught'}`)
    if (skipped.length > 0) console.log(`labels without a page: ${skipped.join(', ')}`)
    if (out !== undefined) {
      const texts = Object.fromEntries(read.map(({ page, main }) => [page.id, main.gloss]))
      await writeFile(out, `${JSON.stringify(texts, undefined, 1)}\n`)
    }
    const ok = planted.every(({ caught }) => caught)
    return { ok, figures: { ...figuresOf(read), cases_skipped: skipped.length, planted_caught: ok ? 1 : 0 } }
  },
}

function isHeldUp({ longestTask }: ReadPage): boolean {
  return longestTask > longTask
}

function figuresOf(read: readonly ReadPage[]): Figures {
  const { of, recallAll } = scoresOf('all', read)
  const { p50, p90, rivalP50, rivalP90 } = timesOf(read)
  return {
    f1: round(of.gloss.f1, 4),
    f1_best_other: round(bestOther(of), 4),
    precision: round(of.gloss.precision, 4),
    recall: round(of.gloss.recall, 4),
    with_rate: round(of.gloss.withRate, 4),
    without_rate: round(of.gloss.withoutRate, 4),
    worst_type_gap: round(Math.min(...scoresByType(read).map(lead)), 4),
    recall_all: round(recallAll, 4),
    time_ratio: round(p50 / rivalP50, 3),
    p90_ratio: round(p90 / rivalP90, 3),
    p50_ms: round(p50, 1),
    p90_ms: round(p90, 1),
    longest_task_ms: round(Math.max(...read.map(({ longestTask }) => longestTask)), 0),
    tasks_over_200: read.filter(isHeldUp).length,
    cases_run: read.length,
  }
}

function readOptions(args: readonly string[]): { folder: string; out: string | undefined } {
  const { values } = parseArgs({ args: [...args], options: { pages: { type: 'string' }, out: { type: 'string' } } })
  if (values.pages === undefined) {
    throw new CommandError(
      'Say which pages: "npm run bench -- extraction --pages DIR [--out FILE]", a folder with ground-truth/ID.json and html/ID.html.gz.',
    )
  }
  return { folder: values.pages, out: values.out }
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits))
}
