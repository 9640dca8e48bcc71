import type { Locator, Page } from 'playwright-core'
import { newestMessages, listConversations } from '../support/engine/stored-conversation.ts'
import type { Gloss } from '../support/gloss.ts'
import { streamed } from '../support/provider/answer.ts'
import { prose } from '../support/reply-scripts.ts'
import { expect, test } from './fixtures.ts'

/**
 * Chooses an entry of the context menu. A headless browser shows no menu, so the extension is told as the browser tells
 * it; without the gesture of a real choice its panel stays closed, which is the slowest opening there is.
 */
async function chooseMenu(gloss: Gloss, menuItemId: string, selectionText?: string): Promise<void> {
  await (
    await gloss.browser.worker()
  ).evaluate(
    async ([id, selection]) => {
      const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true })
      const info = { menuItemId: id, editable: false, ...(selection === undefined ? {} : { selectionText: selection }) }
      // @ts-expect-error the browser's own way to call listeners, which the types leave out
      chrome.contextMenus.onClicked.dispatch(info, tab)
    },
    [menuItemId, selectionText] as const,
  )
}

async function queued(gloss: Gloss): Promise<number> {
  return await (
    await gloss.browser.worker()
  ).evaluate(
    async () => Object.keys(await chrome.storage.session.get(null)).filter((key) => key.startsWith('intent:')).length,
  )
}

test('the menus are there: one on a page, two on a selection', async ({ gloss }) => {
  const errors = await (
    await gloss.browser.worker()
  ).evaluate(async () => {
    const refused: string[] = []
    for (const id of ['summarise', 'ask-selection', 'explain-selection']) {
      // Creating what exists is refused: the way to ask whether it does.
      await new Promise<void>((done) => {
        chrome.contextMenus.create({ id, title: id }, () => {
          refused.push(chrome.runtime.lastError?.message ?? '')
          done()
        })
      })
    }
    return refused
  })
  expect(errors).toEqual([
    expect.stringMatching(/duplicate id/),
    expect.anything(),
    expect.stringMatching(/duplicate id/),
  ])
})

test('what was chosen long before the panel opens is asked exactly once', async ({ gloss, page }) => {
  // The grant of a real choice, by the button; the panel it opens is closed again.
  await (await (await gloss.openPanel(page)).untilOnline()).close()
  await chooseMenu(gloss, 'summarise')
  await expect.poll(async () => await queued(gloss)).toBe(1)
  await page.waitForTimeout(2_000)
  expect(await listConversations(gloss.client)).toEqual([])

  const panel = await gloss.openPanel(page)
  await panel.untilStatus('complete')
  await expect.poll(async () => await queued(gloss)).toBe(0)
  await panel.close()
  const again = await gloss.openPanel(page)
  await again.untilStatus('complete')
  await expect(again.questions).toHaveCount(1)
  expect(await newestMessages(gloss.client)).toHaveLength(2)
  expect(gloss.provider.requests).toHaveLength(1)
})

test('"Ask about selection" brings the selection to the composer, and the question is about it', async ({
  gloss,
  page,
}) => {
  const panel = await (await gloss.openPanel(page)).untilOnline()
  await page.locator('h2').selectText()
  await chooseMenu(gloss, 'ask-selection', 'What the curve cannot say')
  await expect(panel.chip).toContainText('What the curve cannot say')
  await expect(panel.composer).toBeFocused()
  await panel.ask('Why not?')
  await panel.untilStatus('complete')
  const [question] = await newestMessages(gloss.client)
  expect(question).toMatchObject({
    content: 'Why not?',
    contexts: [{ kind: 'selection', quote: 'What the curve cannot say' }],
  })
})

test('"Explain selection" asks at once', async ({ gloss, page }) => {
  const panel = await (await gloss.openPanel(page)).untilOnline()
  await page.locator('h2').selectText()
  await chooseMenu(gloss, 'explain-selection', 'What the curve cannot say')
  await panel.untilStatus('complete')
  const [question] = await newestMessages(gloss.client)
  expect(question).toMatchObject({
    task: 'explain',
    contexts: [{ kind: 'selection', quote: 'What the curve cannot say' }],
  })
})

test('"Explain selection" with the panel closed is asked once the panel is there', async ({ gloss, page }) => {
  await (await (await gloss.openPanel(page)).untilOnline()).close()
  await page.locator('h2').selectText()
  // The menu tells no words here, so that they can only come from the page.
  await chooseMenu(gloss, 'explain-selection')
  const panel = await gloss.openPanel(page)
  await panel.untilStatus('complete')
  const [question] = await newestMessages(gloss.client)
  expect(question).toMatchObject({
    task: 'explain',
    contexts: [{ kind: 'selection', quote: 'What the curve cannot say' }],
  })
})

test.describe('a selection that the page keeps out of its own tree', () => {
  const places: readonly (readonly [where: string, find: (page: Page) => Locator, quote: string])[] = [
    ['in a shadow root', (page) => page.locator('#office p'), 'The key of the office lies under a bollard'],
    ['in a frame', (page) => page.frameLocator('iframe').locator('p'), 'In the cellar stands a barometer'],
    ['in a details', (page) => page.locator('details p'), 'The spare float hangs in the shed'],
  ]
  for (const [where, find, quote] of places) {
    test(where, async ({ gloss }) => {
      const page = await gloss.openPage('/nooks')
      const panel = await (await gloss.openPanel(page)).untilOnline()
      await page.locator('details').evaluate((details) => details.setAttribute('open', ''))
      await find(page).selectText()
      await chooseMenu(gloss, 'explain-selection')
      await panel.untilStatus('complete')
      const [question] = await newestMessages(gloss.client)
      expect(question).toMatchObject({
        task: 'explain',
        contexts: [{ kind: 'selection', quote: expect.stringContaining(quote) }],
      })
    })
  }
})

test('what is asked while an answer is being written waits for its end, and is asked then', async ({ gloss, page }) => {
  gloss.provider.answerWith(streamed(prose(4), 60))
  const panel = await gloss.openPanelBySummarise(page)
  await panel.untilStatus('generating')
  await page.locator('h2').selectText()
  await chooseMenu(gloss, 'explain-selection', 'What the curve cannot say')
  await expect(panel.page.getByText('Waiting for the answer before it…')).toBeVisible()
  await expect(panel.replies).toHaveCount(2)
  await panel.untilStatus('complete')
  await expect(panel.alert).toHaveCount(0)
  expect(await newestMessages(gloss.client)).toMatchObject([
    { role: 'user', task: 'summarise' },
    { role: 'assistant', status: 'complete', content: prose(4) },
    { role: 'user', task: 'explain' },
    { role: 'assistant', status: 'complete' },
  ])
})

test('the tab was discarded before its page was read: one sentence, nothing stored', async ({ gloss, page }) => {
  await (await (await gloss.openPanel(page)).untilOnline()).close()
  await chooseMenu(gloss, 'summarise')
  await expect.poll(async () => await queued(gloss)).toBe(1)
  const other = await gloss.openPage('/sample')
  await (
    await gloss.browser.worker()
  ).evaluate(async () => {
    for (const { id, active } of await chrome.tabs.query({}))
      if (id !== undefined && !active) await chrome.tabs.discard(id)
  })
  const panel = await gloss.openPanel(other)
  await expect(panel.alert).toHaveText(/was closed or moved on before it was read/)
  expect(await listConversations(gloss.client)).toEqual([])
  await expect.poll(async () => await queued(gloss)).toBe(0)
})
