import { writeFile } from 'node:fs/promises'
import { pathToFileURL } from 'node:url'
import { errorSentence } from '../../protocol/errors.ts'
import type { ErrorCode } from '../../protocol/errors.ts'
import { listConversations, newestMessages } from '../support/engine/stored-conversation.ts'
import { expect, test } from './fixtures.ts'

test.describe('documents that are no pages', () => {
  const documents: Readonly<Record<string, string>> = {
    '/notes.txt': 'A pipe that stands in the water.',
    '/tide.json': 'the north quay',
    '/tide.xml': '<quay>the north quay</quay>',
  }
  for (const [path, words] of Object.entries(documents)) {
    test(path, async ({ gloss }) => {
      const panel = await gloss.openPanelBySummarise(await gloss.openPage(path))
      await panel.untilStatus('complete')
      expect(JSON.stringify(gloss.provider.last?.body)).toContain(words)
    })
  }

  test('a text file on the disk', async ({ gloss }, testInfo) => {
    const path = testInfo.outputPath('notes.txt')
    await writeFile(path, 'The keeper compared the float with a painted staff.')
    const panel = await gloss.openPanelBySummarise(await gloss.browser.openPage(pathToFileURL(path).href))
    await panel.untilStatus('complete')
    expect(JSON.stringify(gloss.provider.last?.body)).toContain('a painted staff')
  })
})

test('a page that draws its text says so', async ({ gloss }) => {
  const panel = await gloss.openPanelBySummarise(await gloss.openPage('/drawn'))
  await expect(panel.alert).toHaveText(errorSentence({ code: 'page_canvas' }))
  expect(await listConversations(gloss.client)).toEqual([])
})

test.describe('a page that no extension may read says why within a second', () => {
  const WITHIN = { timeout: 1_000 }
  const pages: Readonly<Record<string, ErrorCode>> = {
    'chrome://version/': 'page_browser',
    'chrome-extension://mhjfbmdgcfjbbpaeojofohoefgiehjai/index.html': 'page_extension',
  }
  for (const [url, code] of Object.entries(pages)) {
    test(url, async ({ gloss }) => {
      const panel = await (await gloss.openPanel(await gloss.browser.openPage(url))).untilOnline()
      await panel.button('Summarise').click()
      await expect(panel.alert).toHaveText(errorSentence({ code }), WITHIN)
    })
  }

  test('one that even the shortcut does not open', async ({ gloss, page }) => {
    const panel = await (await gloss.openPanel(page)).untilOnline()
    const blank = await gloss.browser.openPage('data:text/html,<p>a page of no address</p>')
    await panel.button('Summarise').click()
    await expect(panel.alert).toHaveText(errorSentence({ code: 'page_no_permission' }), WITHIN)
    await gloss.browser.pressSummarise(blank)
    await expect(panel.alert).toHaveText(errorSentence({ code: 'page_unknown' }), WITHIN)
  })
})

test.describe('a page with a video', () => {
  test('its transcript is read, where the page offers one', async ({ gloss }) => {
    const panel = await gloss.openPanelBySummarise(await gloss.browser.openPage(`${gloss.pages.url('/watch')}?v=tide1`))
    await panel.untilStatus('complete')
    const prompt = JSON.stringify(gloss.provider.last?.body)
    expect(prompt).toContain('The surge came in November and lasted for 31 hours.')
    expect(prompt).toContain('A walk along the harbour')
    const [question] = await newestMessages(gloss.client)
    expect(question?.contexts).toMatchObject([{ kind: 'transcript' }])
    await expect(panel.chip).not.toContainText('No transcript')
  })

  test('where it offers none, the panel says that only its text is read', async ({ gloss }) => {
    const panel = await gloss.openPanelBySummarise(await gloss.browser.openPage(`${gloss.pages.url('/watch')}?v=tide2`))
    await panel.untilStatus('complete')
    await expect(panel.chip).toContainText('No transcript is offered here: only the page’s text is read.')
    const [question] = await newestMessages(gloss.client)
    expect(question?.contexts).toMatchObject([{ kind: 'page' }])
  })
})
