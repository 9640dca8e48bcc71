import type { Page } from 'playwright-core'
import { api } from '../../convex/_generated/api.js'
import { newestMessages, newestReply, listConversations, storedText } from '../support/engine/stored-conversation.ts'
import { signIn } from '../support/engine/sign-in.ts'
import type { Gloss } from '../support/gloss.ts'
import type { Panel } from '../support/panel/panel.ts'
import { uninterrupted } from '../support/panel/uninterrupted.ts'
import { streamed } from '../support/provider/answer.ts'
import { wallClock } from '../support/provider/wall-clock.ts'
import { markdown, prose } from '../support/reply-scripts.ts'
import { expect, test } from './fixtures.ts'

/** The paragraphs come first, so that while they are written what is shown is what is stored, white space apart. */
const PARAGRAPHS = prose(8)
const REPLY = `${PARAGRAPHS}\n\n${markdown}`
/** About five seconds for the whole reply. */
const PACE = 120

const withoutSpace = (text: string): string => text.replaceAll(/\s/g, '')

/** Asks for a summary of the page and waits until this part of the reply's paragraphs is shown. */
async function beginReply(gloss: Gloss, page: Page, part: number, pace = PACE): Promise<Panel> {
  gloss.provider.answerWith(streamed(REPLY, pace))
  const panel = await gloss.openPanelBySummarise(page)
  await panel.untilShown(withoutSpace(PARAGRAPHS).length * part)
  return panel
}

async function expectOneReply(gloss: Gloss, panel: Panel, whole: string): Promise<void> {
  await panel.untilStatus('complete')
  expect(await panel.replyText()).toBe(whole)
  expect((await newestReply(gloss.client)).content).toBe(REPLY)
  await expect(panel.questions).toHaveCount(1)
  await expect(panel.replies).toHaveCount(1)
}

test.describe('1. the panel is closed in the middle and opened again', () => {
  for (const part of [0.25, 0.5, 0.75]) {
    test(`at ${part * 100} %, five times: caught up within a second (median), nothing lost or doubled`, async ({
      gloss,
      page,
    }) => {
      const whole = await uninterrupted(gloss, REPLY)
      let panel = await beginReply(gloss, page, part, PACE / 2)
      const times: number[] = []
      for (let reopened = 0; reopened < 5; reopened += 1) {
        await panel.close()
        await page.waitForTimeout(400)
        const stored = withoutSpace(await storedText(gloss.client, await newestReply(gloss.client))).length
        const behind = Math.min(stored, withoutSpace(PARAGRAPHS).length)
        panel = await gloss.openPanel(page)
        await panel.untilShown(behind)
        const { samples } = await panel.record()
        times.push(samples.find(({ length }) => length >= behind)?.at ?? Infinity)
      }
      const shown = times.map((time) => time.toFixed(0)).join(', ')
      console.log(`  caught up ${shown} ms after the panel's document was there`)
      expect(times.toSorted((one, other) => one - other)[2]).toBeLessThanOrEqual(1_000)

      await expectOneReply(gloss, panel, whole)
      expect(gloss.provider.requests).toHaveLength(1)
    })
  }
})

test('2. the browser is killed in the middle: the reply is finished and there', async ({ gloss, page }) => {
  const whole = await uninterrupted(gloss, REPLY)
  await beginReply(gloss, page, 0.4)
  await gloss.browser.kill()
  await expect.poll(async () => (await newestReply(gloss.client)).status).toBe('complete')

  await gloss.relaunch()
  const panel = await gloss.openPanel(await gloss.openPage('/tides'))
  await expectOneReply(gloss, panel, whole)
  expect(gloss.provider.requests).toHaveLength(1)
})

test.describe('3. the engine is killed in the middle and started again', () => {
  for (const way of ['Continue', 'Retry']) {
    test(`what was shown is still there, and ${way} works`, async ({ gloss, page }) => {
      const whole = await uninterrupted(gloss, REPLY)
      const panel = await beginReply(gloss, page, 0.4)
      const client = await signIn(gloss.engine.config)
      await gloss.engine.kill()
      await expect(panel.page.locator('html')).toHaveAttribute('data-connection', 'offline')
      const shown = await panel.replyText()
      expect(whole.startsWith(shown)).toBe(true)
      expect(withoutSpace(shown).length).toBeGreaterThan(withoutSpace(PARAGRAPHS).length * 0.35)

      await gloss.engine.restart()
      const readyAt = performance.now()
      await expect.poll(async () => (await newestReply(client)).error?.code, { intervals: [20] }).toBe('interrupted')
      const endedAfter = performance.now() - readyAt
      console.log(`  stored as interrupted ${endedAfter.toFixed(0)} ms after the ready line`)
      expect(endedAfter).toBeLessThanOrEqual(2_000)

      await panel.untilStatus('error')
      // The answer's end may be shown a moment before the connection's return is.
      await panel.untilOnline()
      await expect(panel.alert).toHaveText(/interrupted/)
      const { samples, connections } = await panel.record()
      const online = connections.findLast(({ name }) => name === 'online')
      const error = samples.findLast(({ status }) => status === 'error')
      const shownAfter = (error?.at ?? Infinity) - (online?.at ?? Infinity)
      console.log(`  shown ${shownAfter.toFixed(0)} ms after the panel's reconnect`)
      expect(shownAfter).toBeLessThanOrEqual(2_000)
      expect((await panel.replyText()).startsWith(shown)).toBe(true)

      const { content } = await newestReply(client)
      expect(REPLY.startsWith(content)).toBe(true)
      gloss.provider.answerWith(streamed(way === 'Continue' ? REPLY.slice(content.length) : REPLY, 400))
      await panel.button(way).click()
      await expectOneReply(gloss, panel, whole)
    })
  }
})

test('4. Stop: shown at once, the provider is let go, the text stays', async ({ gloss, page }) => {
  const whole = await uninterrupted(gloss, REPLY)
  const panel = await beginReply(gloss, page, 0.4)
  const shown = await panel.replyText()
  await panel.button('Stop').click()
  await panel.untilStatus('stopped')

  const { samples, presses } = await panel.record()
  const press = presses.find(({ name }) => name === 'Stop')?.at ?? Infinity
  const answered = samples.find(({ at, status }) => at >= press && (status === 'stopping' || status === 'stopped'))
  const shownAfter = (answered?.at ?? Infinity) - press
  await expect.poll(() => gloss.provider.last?.closedAt).toBeGreaterThan(0)
  const timeOrigin = await panel.page.evaluate(() => performance.timeOrigin)
  const closedAfter = wallClock(gloss.provider.last?.closedAt ?? Infinity) - (timeOrigin + press)
  console.log(`  shown after ${shownAfter.toFixed(1)} ms, connection closed after ${closedAfter.toFixed(0)} ms`)
  expect(shownAfter).toBeLessThanOrEqual(100)
  expect(closedAfter).toBeLessThanOrEqual(1_000)
  expect(gloss.provider.last?.finishedAt).toBeUndefined()

  const stopped = await panel.replyText()
  expect(stopped.startsWith(shown)).toBe(true)
  expect(whole.startsWith(stopped)).toBe(true)
  const { content } = await newestReply(gloss.client)
  expect(REPLY.startsWith(content)).toBe(true)

  await panel.close()
  const again = await gloss.openPanel(page)
  await again.untilStatus('stopped')
  expect(await again.replyText()).toBe(stopped)

  gloss.provider.answerWith(streamed(REPLY.slice(content.length), 400))
  await again.button('Continue').click()
  await expectOneReply(gloss, again, whole)
})

test.describe('5. the same question arrives more than once', () => {
  test('Send pressed twice: one message, one generation', async ({ gloss, page }) => {
    const panel = await (await gloss.openPanel(page)).untilOnline()
    await panel.composer.fill('How wide is the hole?')
    await panel.button('Send').dblclick()
    await panel.composer.press('Enter')
    await panel.untilStatus('complete')
    expect(await newestMessages(gloss.client)).toHaveLength(2)
    expect(await listConversations(gloss.client)).toHaveLength(1)
    expect(gloss.provider.requests).toHaveLength(1)
  })

  test('the send repeated by a reopened panel: one message, one generation', async ({ gloss, page }) => {
    const closed = await (await gloss.openPanel(page)).untilOnline()
    await closed.button('Leave the page out').click()
    gloss.engine.pause()
    try {
      await closed.ask('What is a tide gauge?')
      await expect(closed.questions).toHaveCount(1)
      await page.waitForTimeout(300)
      await closed.close()
      const queued = await (
        await gloss.browser.worker()
      ).evaluate(async () =>
        Object.keys(await chrome.storage.session.get(null)).filter((key) => key.startsWith('intent:')),
      )
      expect(queued).toHaveLength(1)
    } finally {
      gloss.engine.resume()
    }
    const panel = await gloss.openPanel(page)
    await panel.untilStatus('complete')
    const messages = await newestMessages(gloss.client)
    expect(messages).toHaveLength(2)

    const clientMessageId = messages[0]?.clientMessageId ?? ''
    const text = 'What is a tide gauge?'
    const question = { clientMessageId, text, task: 'ask' as const, contexts: [] }
    const again = await gloss.client.mutation(api.messages.send, question)
    expect(again.assistantMessageId).toBe(messages[1]?._id)
    expect(await newestMessages(gloss.client)).toHaveLength(2)
    expect(await listConversations(gloss.client)).toHaveLength(1)
    expect(gloss.provider.requests).toHaveLength(1)
  })
})

test('6. two panels on one conversation are both live', async ({ gloss, page }) => {
  const whole = await uninterrupted(gloss, REPLY)
  const other = await gloss.browser.openWindow(gloss.pages.url('/sample'))
  const first = await beginReply(gloss, page, 0.1, PACE / 2)
  const second = await gloss.openPanel(other)
  await second.untilStatus('generating')
  await expectOneReply(gloss, first, whole)
  await expectOneReply(gloss, second, whole)
  for (const panel of [first, second]) {
    const { samples } = await panel.record()
    expect(samples.filter(({ status }) => status === 'generating').length).toBeGreaterThan(5)
  }

  gloss.provider.answerWith(streamed(REPLY, PACE))
  await first.ask('And the rest?')
  await expect(second.replies).toHaveCount(2)
  await second.untilStatus('generating')
  await second.button('Stop').click()
  await first.untilStatus('stopped')
  expect(await first.replyText()).toBe(await second.replyText())
})
