import { newestMessages, newestReply, listConversations } from '../support/engine/stored-conversation.ts'
import { expect, test } from './fixtures.ts'

const EMPTY = 'This page has no readable text. Select something on it, or open another page.'
const RESTRICTED = 'This is a page of the browser itself, which no extension may read. Open a web page and ask there.'
const NO_PERMISSION = 'Press Alt+S, or the Gloss icon, on this page to let Gloss read it.'
const GONE = 'The page was closed or moved on before it was read. Go back to it and ask again.'

test('a page without text: one sentence, nothing stored', async ({ gloss }) => {
  const panel = await gloss.openPanelBySummarise(await gloss.openPage('/empty'))
  await expect(panel.alert).toHaveText(EMPTY)
  expect(await listConversations(gloss.client)).toEqual([])
})

test('a page that no extension may read: one sentence', async ({ gloss }) => {
  const panel = await (await gloss.openPanel(await gloss.browser.openPage('chrome://version/'))).untilOnline()
  await panel.button('Summarise').click()
  await expect(panel.alert).toHaveText(RESTRICTED)
  expect(await listConversations(gloss.client)).toEqual([])
})

test('a page of another site that was not granted: one sentence, and Alt+S grants it', async ({ gloss, page }) => {
  const panel = await (await gloss.openPanel(page)).untilOnline()
  const other = await gloss.openPage('/sample', 'localhost')
  await expect(panel.chip).toHaveText('This tab: press Alt+S or the icon to read it')
  await panel.button('Summarise').click()
  await expect(panel.alert).toHaveText(NO_PERMISSION)

  await gloss.browser.pressSummarise(other)
  await panel.untilStatus('complete')
  await expect(panel.chip).toContainText('A short history of the margin')
  await expect(panel.chip).toContainText(/localhost.* · [\d,]+ words/)
})

test('the chip names the page, its host and its words once it was read', async ({ gloss, page }) => {
  const panel = await (await gloss.openPanel(page)).untilOnline()
  await expect(panel.chip).toContainText('How a harbour reads the tide')
  await panel.button('Summarise').click()
  await panel.untilStatus('complete')
  await expect(panel.chip).toContainText(new RegExp(`${new URL(page.url()).host} · [\\d,]+ words`))
})

test('a page of ten megabytes is read, cut and answered', async ({ gloss }) => {
  const panel = await gloss.openPanelBySummarise(await gloss.openPage('/huge'))
  await panel.untilStatus('complete')
  await expect(panel.chip).toContainText(/words, cut/)
  const [question] = await newestMessages(gloss.client)
  expect(question?.contexts).toMatchObject([{ title: 'The long register', truncated: true }])
  // Far more than this model takes at once: read in passes, of which the first holds its beginning.
  expect(JSON.stringify(gloss.provider.requests[0]?.body)).toContain('Paragraph 1. The clerk')
})

/** A page that is busy answers no one for this long. */
const BUSY_MS = 3_000

const keepBusy = (ms: number): void => {
  setTimeout(() => {
    for (const end = performance.now() + ms; performance.now() < end;);
  })
}

test('the tab is closed while its page is read: one sentence, nothing stored', async ({ gloss, page }) => {
  const panel = await (await gloss.openPanel(page)).untilOnline()
  await page.evaluate(keepBusy, BUSY_MS)
  await panel.button('Summarise').click()
  await expect(panel.questions).toHaveCount(1)
  await page.close()
  await expect(panel.alert).toHaveText(GONE)
  expect(await listConversations(gloss.client)).toEqual([])
})

test('the tab moves on while its page is read: never another page than was asked about', async ({ gloss, page }) => {
  const panel = await (await gloss.openPanel(page)).untilOnline()
  await page.evaluate(keepBusy, BUSY_MS)
  await panel.button('Summarise').click()
  await expect(panel.questions).toHaveCount(1)
  await page.goto(gloss.pages.url('/sample'))
  await expect(panel.alert).toHaveText(GONE)
  expect(await listConversations(gloss.client)).toEqual([])
})

test('a page that is still loading is read when it is there', async ({ gloss, page }) => {
  await page.goto(gloss.pages.url('/slow'), { waitUntil: 'commit' })
  const panel = await gloss.openPanelBySummarise(page)
  await panel.untilStatus('complete')
  expect((await newestReply(gloss.client)).status).toBe('complete')
  expect(JSON.stringify(gloss.provider.last?.body)).toContain('the word twice')
})
