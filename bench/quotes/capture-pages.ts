import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { captureResult } from '../../protocol/capture.ts'
import { buildExtension } from '../../scripts/local/build-extension.ts'
import { createProgress } from '../../scripts/terminal/progress.ts'
import { readLabelledPages } from '../extraction/labelled-page.ts'
import { PageBrowser } from '../extraction/page-browser.ts'
import { type PageText, readSentences } from './page-text.ts'

const root = join(import.meta.dirname, '../..')

/** The texts of saved pages as the built content script captures them, and the ids of those that have none. */
export async function capturePages(folder: string): Promise<{ texts: PageText[]; skipped: string[] }> {
  const { pages, skipped } = await readLabelledPages(folder)
  const progress = createProgress(process.stderr)
  const extension = await buildExtension(root, progress)
  const pageReader = (await readFile(join(extension, 'page-reader.js'), 'utf8')).trim().replace(/;$/, '')
  await using browser = await PageBrowser.launch()
  const texts: PageText[] = []
  const left = [...skipped]
  await progress.step(`Reading ${pages.length} pages`, async (note) => {
    for (const [at, page] of pages.entries()) {
      await browser.open(page)
      const result = captureResult.parse(await browser.run(pageReader))
      if (result.ok) texts.push(readSentences(page.id, result.page.text, result.page.lang))
      else left.push(page.id)
      if (at % 20 === 19) note(`${at + 1} of ${pages.length}`)
    }
  })
  return { texts, skipped: left }
}
