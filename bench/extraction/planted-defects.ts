import type { PageBrowser } from './page-browser.ts'
import { longTask } from '../long-task.ts'
import { longestTaskOf, measurePage, type ReadPage, type Scripts } from './measure-page.ts'
import { scoresOf } from './summarise.ts'

const sentences = '<p>The ferry crosses the sound in forty minutes, and the harbour office sells the tickets.</p>'

const page = {
  id: 'planted',
  url: 'https://planted.test/',
  type: 'planted',
  main: 'The ferry crosses the sound in forty minutes, and the harbour office sells the tickets. '.repeat(12),
  with: ['crosses the sound'],
  without: ['written by a script'],
  html: Buffer.from(
    `<title>Ferry</title><main><h1>Ferry</h1>${sentences.repeat(12)}</main>` +
      `<script>document.querySelector('main').append('written by a script')</script>`,
  ),
}

/** Holds the page's thread for longer than any task of a capture may. */
const holding = '(async () => { await null; const end = performance.now() + 250; while (performance.now() < end); })()'

/**
 * Proves that the bench can fail: a page's own script that ran would be seen, and so would a capture that lost half of
 * its text or took another page's, or that held the page's thread.
 */
export async function plantedDefects(
  browser: PageBrowser,
  scripts: Scripts,
  read: readonly ReadPage[],
): Promise<readonly { readonly defect: string; readonly caught: boolean }[]> {
  const found = await measurePage(browser, page, scripts, true)
  const honest = scoresOf('planted', [found])
  const ran = scoresOf('planted', [withMain(found, `${found.main.gloss} written by a script`)])
  const held = await longestTaskOf(browser, holding)
  const { f1, recall } = scoresOf('all', read).of.gloss
  const halved = scoresOf(
    'all',
    read.map((each) => withMain(each, each.main.gloss.slice(0, each.main.gloss.length / 2))),
  )
  const swapped = scoresOf(
    'all',
    read.map((each, at) => withMain(each, read.at(at - 1)?.main.gloss ?? '')),
  )
  return [
    {
      defect: 'a page script that ran',
      caught: honest.of.gloss.withoutRate === 1 && honest.of.gloss.withRate === 1 && ran.of.gloss.withoutRate === 0,
    },
    { defect: 'a task of 250 ms', caught: held > longTask && found.longestTask < held },
    { defect: 'half of each text lost', caught: halved.of.gloss.recall < recall - 0.2 },
    { defect: 'the text of another page', caught: read.length < 2 || swapped.of.gloss.f1 < f1 - 0.2 },
  ]
}

function withMain(read: ReadPage, gloss: string): ReadPage {
  return { ...read, main: { ...read.main, gloss } }
}
