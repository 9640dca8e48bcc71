import { writeFile } from 'node:fs/promises'
import { pathToFileURL } from 'node:url'
import { errorSentence } from '../../protocol/errors.ts'
import { listConversations, newestMessages } from '../support/engine/stored-conversation.ts'
import { pdfFiles } from '../support/pages/pdf-files.ts'
import { expect, test } from './fixtures.ts'

test('a PDF is asked by the toolbar button: its text is what the model gets', async ({ gloss }) => {
  const panel = await (await gloss.openPanel(await gloss.openPage('/report.pdf'))).untilOnline()
  await panel.ask('How long did the longest surge last?')
  await panel.untilStatus('complete')

  const prompt = JSON.stringify(gloss.provider.last?.body)
  expect(prompt).toContain('The longest surge in the notebook lasted 31 hours')
  // It runs over the end of the page, in the middle of a word, past a foot and a head.
  expect(prompt).toContain('with the single word twice, which nobody has explained since.')
  expect(prompt).toContain('## Page 3')
  await expect(panel.chip).toContainText('Report on the north quay')
  const [question] = await newestMessages(gloss.client)
  expect(question?.contexts).toMatchObject([{ kind: 'pdf', title: 'Report on the north quay', truncated: false }])
})

test('a PDF is summarised by its shortcut', async ({ gloss }) => {
  const panel = await gloss.openPanelBySummarise(await gloss.openPage('/report.pdf'))
  await panel.untilStatus('complete')
  expect(JSON.stringify(gloss.provider.last?.body)).toContain('closed by mussels within a single summer')
})

test('a page that is nothing but a PDF is that PDF', async ({ gloss }) => {
  const panel = await gloss.openPanelBySummarise(await gloss.openPage('/wrapped-pdf'))
  await panel.untilStatus('complete')
  expect(JSON.stringify(gloss.provider.last?.body)).toContain('The longest surge in the notebook')
})

test('Chinese in a font that only names its characters', async ({ gloss }) => {
  const panel = await gloss.openPanelBySummarise(await gloss.openPage('/chinese.pdf'))
  await panel.untilStatus('complete')
  expect(JSON.stringify(gloss.provider.last?.body)).toContain('潮汐的高度每天記錄兩次從來沒有人修改過。')
})

test('a PDF of ten megabytes comes in pieces', async ({ gloss }) => {
  const panel = await gloss.openPanelBySummarise(await gloss.openPage('/heavy.pdf'))
  await panel.untilStatus('complete')
  await expect(panel.chip).toContainText('A heavy report')
})

test('of 2,100 pages the first 2,000 are read, and the chip says that it is cut', async ({ gloss }) => {
  const panel = await gloss.openPanelBySummarise(await gloss.openPage('/register.pdf'))
  await panel.untilStatus('complete')
  await expect(panel.chip).toContainText(/words, cut/)
  const [question] = await newestMessages(gloss.client)
  expect(question?.contexts).toMatchObject([{ kind: 'pdf', truncated: true }])
})

test.describe('a PDF that cannot be read: one sentence, nothing stored', () => {
  const bad: Partial<Record<keyof typeof pdfFiles, Parameters<typeof errorSentence>[0]['code']>> = {
    '/locked.pdf': 'pdf_encrypted',
    '/scanned.pdf': 'pdf_scanned',
    '/broken.pdf': 'pdf_broken',
    '/larger.pdf': 'pdf_too_large',
  }
  for (const [path, code] of Object.entries(bad)) {
    test(path, async ({ gloss }) => {
      const panel = await gloss.openPanelBySummarise(await gloss.openPage(path))
      await expect(panel.alert).toHaveText(errorSentence({ code }))
      expect(await listConversations(gloss.client)).toEqual([])
    })
  }
})

test('a PDF on the disk: the browser does not hand it over, and a person chooses it', async ({ gloss }, testInfo) => {
  const path = testInfo.outputPath('report.pdf')
  await writeFile(path, pdfFiles['/report.pdf']())
  const panel = await gloss.openPanelBySummarise(await gloss.browser.openPage(pathToFileURL(path).href))
  await expect(panel.alert).toHaveText(errorSentence({ code: 'pdf_local' }))

  const chosen = panel.page.waitForEvent('filechooser')
  await panel.button('Open a PDF from your disk').click()
  await (await chosen).setFiles(path)
  // At once: the question waits until the PDF was read.
  await panel.ask('How long did the longest surge last?')
  await expect(panel.page.getByText('From your disk · 140 words')).toBeVisible()
  await panel.untilStatus('complete')
  expect(JSON.stringify(gloss.provider.last?.body)).toContain('The longest surge in the notebook lasted 31 hours')
  const [question] = await newestMessages(gloss.client)
  expect(question?.contexts).toMatchObject([{ kind: 'pdf', title: 'Report on the north quay' }])
})
