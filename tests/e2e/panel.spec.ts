import { AxeBuilder } from '@axe-core/playwright'
import { newestMessages, listConversations } from '../support/engine/stored-conversation.ts'
import { streamed } from '../support/provider/answer.ts'
import { markdown, prose } from '../support/reply-scripts.ts'
import { expect, test } from './fixtures.ts'

test('an empty question and one of a megabyte are refused in a sentence, and nothing is stored', async ({
  gloss,
  page,
}) => {
  const panel = await (await gloss.openPanel(page)).untilOnline()
  await panel.button('Send').click()
  await expect(panel.alert).toHaveText('Write a question first.')

  await panel.composer.fill('a'.repeat(1_000_000))
  await panel.button('Send').click()
  await expect(panel.alert).toHaveText('That question is too long. Keep it under 100,000 characters.')
  await expect(panel.composer).toHaveValue(/^a{1000}/)

  await panel.composer.fill('short')
  await expect(panel.alert).toHaveCount(0)
  expect(await listConversations(gloss.client)).toEqual([])
  expect(gloss.provider.requests).toEqual([])
})

test('by keyboard alone: Enter sends, Shift+Enter breaks, Up brings the last question back, Escape stops', async ({
  gloss,
  page,
}) => {
  const panel = await (await gloss.openPanel(page)).untilOnline()
  await expect(panel.composer).toBeFocused()
  const { keyboard } = panel.page
  await keyboard.type('one')
  await keyboard.press('Shift+Enter')
  await keyboard.type('two')
  await expect(panel.composer).toHaveValue('one\ntwo')
  await keyboard.press('Enter')
  await panel.untilStatus('complete')
  expect((await newestMessages(gloss.client))[0]?.content).toBe('one\ntwo')
  await expect(panel.composer).toHaveValue('')
  await expect(panel.composer).toBeFocused()

  await keyboard.press('ArrowUp')
  await expect(panel.composer).toHaveValue('one\ntwo')

  gloss.provider.answerWith(streamed(prose(20), 60))
  await keyboard.press('Enter')
  await expect(panel.replies).toHaveCount(2)
  await panel.untilStatus('generating')
  await keyboard.press('Escape')
  await panel.untilStatus('stopped')
})

test('a screen reader hears that an answer begins and that it is ready, and not every word', async ({
  gloss,
  page,
}) => {
  gloss.provider.answerWith(streamed(prose(4), 80))
  const panel = await gloss.openPanelBySummarise(page)
  await expect(panel.announcement).toHaveText('Answering')
  await expect(panel.transcript).toHaveAttribute('aria-live', 'off')
  await panel.untilStatus('complete')
  await expect(panel.announcement).toHaveText('Answer ready')
})

test('axe finds nothing, empty and with a reply, in light and dark', async ({ gloss, page }) => {
  gloss.provider.answerWith(streamed(markdown, 400))
  const panel = await (await gloss.openPanel(page)).untilOnline()
  const violations = async (): Promise<string[]> => {
    const { violations: found } = await new AxeBuilder({ page: panel.page }).setLegacyMode(true).analyze()
    return found.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id} ${target.join(' ')} ${failureSummary}`),
    )
  }
  expect(await violations()).toEqual([])
  await panel.button('Summarise').click()
  await panel.untilStatus('complete')
  expect(await violations()).toEqual([])
  await panel.page.emulateMedia({ colorScheme: 'dark' })
  expect(await violations()).toEqual([])
  await panel.button('Conversations').click()
  expect(await violations()).toEqual([])
})

test('conversations are listed, opened, and begun anew', async ({ gloss, page }) => {
  const panel = await gloss.openPanelBySummarise(page)
  await panel.untilStatus('complete')
  await panel.button('New conversation').click()
  await expect(panel.replies).toHaveCount(0)
  await panel.ask('What was closed by mussels?')
  await panel.untilStatus('complete')
  expect(await listConversations(gloss.client)).toHaveLength(2)

  await panel.button('Conversations').click()
  await panel.page
    .getByRole('button', { name: /How a harbour reads the tide/ })
    .first()
    .click()
  await expect(panel.questions).toHaveCount(1)
  await expect(panel.questions).not.toContainText('mussels')
})

test('Copy gives the Markdown as the model wrote it', async ({ gloss, page }) => {
  gloss.provider.answerWith(streamed(markdown, 400))
  const panel = await gloss.openPanelBySummarise(page)
  await panel.untilStatus('complete')
  await panel.page.evaluate(() => {
    navigator.clipboard.writeText = async (text) => {
      document.documentElement.setAttribute('data-copied', text)
    }
  })
  await panel.button('Copy').click()
  await expect(panel.page.locator('html')).toHaveAttribute('data-copied', markdown)
})

test('while the engine is away the panel says so and keeps what it shows; it comes back by itself', async ({
  gloss,
  page,
}) => {
  const panel = await gloss.openPanelBySummarise(page)
  await panel.untilStatus('complete')
  const shown = await panel.replyText()
  await gloss.engine.kill()
  await expect(panel.alert).toHaveText(/Gloss is not running at .*npm start/)
  expect(await panel.replyText()).toBe(shown)
  await gloss.engine.restart()
  await panel.untilOnline()
  await expect(panel.alert).toHaveCount(0)
  expect(await panel.replyText()).toBe(shown)
})
