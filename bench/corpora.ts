import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { buildExtension } from '../scripts/local/build-extension.ts'
import { CommandError } from '../scripts/terminal/command-error.ts'
import { createProgress } from '../scripts/terminal/progress.ts'
import type { Bench } from './bench.ts'
import { CorpusServer, type ServedPage } from './corpora/corpus-server.ts'
import { knownExpectations, readCorpus, type Corpus, type WeirdCase } from './corpora/corpus.ts'
import { canGenerate, generatePage, generateSuffix } from './corpora/generate.ts'
import { factsLostIn, failuresOf, isBenignLost, leaksIn } from './corpora/judge.ts'
import { plantedDefects, plantedPages } from './corpora/planted-defects.ts'
import { ReadingBrowser } from './corpora/reading-browser.ts'
import type { Reading } from './corpora/reading.ts'
import { longTask } from './long-task.ts'
import { printRows } from './print-rows.ts'

const root = join(import.meta.dirname, '..')

/** Pages that hide text from people, look like attacks, or are huge, broken or restricted, through the real reader. */
export const corpora: Bench = {
  async run(options) {
    const corpus = await readCorpus(readFolder(options))
    const progress = createProgress(process.stderr)
    const built = await buildExtension(root, progress)
    await using server = await CorpusServer.start((name, otherOrigin) => pageOf(corpus, name, otherOrigin))
    await using browser = await ReadingBrowser.launch(built)
    const planted = await plantedDefects(browser, server)
    const found = await progress.step('Reading the pages', async (note) => await readAll(corpus, server, browser, note))

    printRows([['cases', 'run', 'failed', 'slowest ms', 'longest task ms', 'largest KB'], ...found.map(rowOf)])
    for (const line of found.flatMap(({ failures }) => failures)) console.log(line)
    const skipped = [...corpus.unreadable, ...corpus.weird.filter((each) => !canRun(each)).map(({ id }) => id)]
    if (skipped.length > 0) console.log(`not run: ${skipped.join(', ')}`)
    const unjudged = corpus.weird.flatMap(({ id, expect }) =>
      Object.keys(expect)
        .filter((name) => !knownExpectations.has(name))
        .map((name) => `${id} ${name}`),
    )
    if (unjudged.length > 0) console.log(`expectations that are not known here: ${unjudged.join(', ')}`)
    for (const { defect, caught } of planted) console.log(`planted: ${defect}: ${caught ? 'caught' : 'NOT caught'}`)
    const [leaks, facts, benign, weird] = found.map(({ failures }) => failures.length)
    const ok = planted.every(({ caught }) => caught)
    return {
      ok,
      figures: {
        b1_leaks: leaks ?? 0,
        b1_facts_lost: facts ?? 0,
        b5_lost: benign ?? 0,
        c1_failed: weird ?? 0,
        longest_task_ms: Math.round(Math.max(...found.map(({ longestTask }) => longestTask))),
        tasks_over_200: found.reduce((sum, { heldUp }) => sum + heldUp, 0),
        expectations_unjudged: unjudged.length,
        cases_run: corpus.injections.length + corpus.benign.length + corpus.weird.filter(canRun).length,
        cases_skipped: skipped.length,
        planted_caught: ok ? 1 : 0,
      },
    }
  },
}

interface Found {
  readonly what: string
  readonly run: number
  readonly failures: readonly string[]
  readonly slowest: number
  readonly longestTask: number
  /** Readings during which the page's thread was held for longer than `longTask`. */
  readonly heldUp: number
  readonly largest: number
}

async function readAll(
  { injections, benign, weird }: Corpus,
  server: CorpusServer,
  browser: ReadingBrowser,
  note: (text: string) => void,
): Promise<readonly Found[]> {
  const leaks = tally('b1: hidden text')
  const facts = tally('b1: facts')
  const lookalikes = tally('b5: look-alikes')
  const pages = tally('c1: weird pages')
  for (const each of injections) {
    note(each.id)
    const { search, hash } = new URL(each.url)
    const reading = await browser.read(`${server.origin}/${each.id}${search}${hash}`)
    leaks.add(
      reading,
      leaksIn(each, reading).map((hidden) => `${each.id} ${each.technique}: leaks ${hidden}`),
    )
    facts.add(
      reading,
      factsLostIn(each, reading).map((fact) => `${each.id} ${each.technique}: lacks ${fact}`),
    )
  }
  for (const each of benign) {
    note(each.id)
    const reading = await browser.read(`${server.origin}/${each.id}`)
    lookalikes.add(reading, isBenignLost(each, reading) ? [`${each.id} ${each.title}: lost`] : [])
  }
  for (const each of weird.filter(canRun)) {
    note(each.id)
    const suffix = each.url_suffix_gen === undefined ? '' : generateSuffix(each.url_suffix_gen)
    const reading = await browser.read(each.url ?? `${server.origin}/${each.id}${suffix}`)
    const wrong = failuresOf(each, reading)
    if (reading.longestTask !== undefined && reading.longestTask > longTask) {
      console.log(`${each.id} ${each.name}: held the page for ${reading.longestTask.toFixed(0)} ms`)
    }
    if (reading.crashed) console.log(`${each.id} ${each.name}: the browser's own process died before the page was read`)
    pages.add(reading, wrong.length === 0 ? [] : [`${each.id} ${each.name}: ${wrong.join('; ')}`])
  }
  return [leaks, facts, lookalikes, pages].map(({ found }) => found())
}

interface Tally {
  add(reading: Pick<Reading, 'ms' | 'bytes' | 'longestTask'>, failures: readonly string[]): void
  found(): Found
}

function tally(what: string): Tally {
  const failures: string[] = []
  let [run, slowest, longest, heldUp, largest] = [0, 0, 0, 0, 0]
  return {
    add: ({ ms, bytes, longestTask = 0 }, wrong) => {
      run++
      failures.push(...wrong)
      slowest = Math.max(slowest, ms)
      longest = Math.max(longest, longestTask)
      if (longestTask > longTask) heldUp++
      largest = Math.max(largest, bytes)
    },
    found: () => ({ what, run, failures, slowest, longestTask: longest, heldUp, largest }),
  }
}

function rowOf({ what, run, failures, slowest, longestTask, largest }: Found): readonly string[] {
  const figures = [slowest.toFixed(0), longestTask.toFixed(0), (largest / 1_000).toFixed(1)]
  return [what, String(run), String(failures.length), ...figures]
}

/** Whether there is something to open: a page that is written out or can be made, or an address. */
function canRun({ gen, html, text, url }: WeirdCase): boolean {
  return url !== undefined || (gen === undefined ? (html ?? text) !== undefined : canGenerate(gen))
}

const utf8Html = 'text/html; charset=utf-8'

function pageOf({ injections, benign, weird }: Corpus, name: string, otherOrigin: string): ServedPage | undefined {
  const page = [...injections, ...benign].find(({ id }) => id === name)
  if (page !== undefined) return { body: page.html, contentType: utf8Html }
  const odd = weird.find(({ id }) => id === name)
  if (odd === undefined) return plantedPages[name]
  const { gen, html, text = '', contentType = utf8Html, headers = {} } = odd
  const body =
    gen === undefined ? (html ?? `<!doctype html><p>${escapeHtml(text)}</p>`) : generatePage(gen, otherOrigin)
  return { body, contentType, headers }
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}

function readFolder(args: readonly string[]): string {
  const { values } = parseArgs({ args: [...args], options: { dir: { type: 'string' } } })
  if (values.dir === undefined) {
    throw new CommandError('Say which cases: "npm run bench -- corpora --dir DIR", a folder with b1, b5 and c1 files.')
  }
  return values.dir
}
