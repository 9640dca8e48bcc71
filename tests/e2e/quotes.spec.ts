import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { api } from '../../convex/_generated/api.js'
import { keepPicture } from '../support/browser/keep-picture.ts'
import type { Gloss } from '../support/gloss.ts'
import { newestMessages } from '../support/engine/stored-conversation.ts'
import type { Panel } from '../support/panel/panel.ts'
import { streamed } from '../support/provider/answer.ts'
import { expect, test } from './fixtures.ts'

const EXACT = 'what moves in it is the tide alone'
const ON_PAGE =
  'The longest surge in the notebook lasted 31 hours. It is the only one for which the margin holds a drawing'
const INVENTED = 'The longest surge in the notebook lasted 41 hours'

const ANSWER = `The gauge is a pipe, so “${EXACT}” [1.1].

> ${ON_PAGE.replace('31 hours.', '31   hours.')} [1.4]

The page is also said to say “${INVENTED}” [1.4].`

async function answered(gloss: Gloss, page: Page, answer: string): Promise<Panel> {
  gloss.provider.answerWith(streamed(answer, 2_000))
  const panel = await gloss.openPanelBySummarise(page)
  await panel.untilStatus('complete')
  return panel
}

/** The words that the page paints as a quote of ours, whichever of its documents and trees they are in. */
async function highlighted(page: Page): Promise<string> {
  return await page.evaluate(() => {
    const windows = [
      window,
      ...[...document.querySelectorAll('iframe')].flatMap(({ contentWindow }) => contentWindow ?? []),
    ]
    return windows
      .flatMap((own) => [...((own as typeof globalThis & Window).CSS.highlights.get('gloss-quote') ?? [])])
      .map(String)
      .join('')
      .replaceAll(/\s+/g, ' ')
  })
}

/** How many pixels of a picture have the colour of the marker. */
async function markedPixels(page: Page): Promise<number> {
  const picture = (await page.screenshot()).toString('base64')
  return await page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (byte) => byte.charCodeAt(0))
    const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
    const drawing = new OffscreenCanvas(image.width, image.height).getContext('2d')
    if (!drawing) throw new Error('no canvas')
    drawing.drawImage(image, 0, 0)
    const { data } = drawing.getImageData(0, 0, image.width, image.height)
    let marked = 0
    for (let at = 0; at < data.length; at += 4) {
      if (data[at] === 0xff && data[at + 1] === 0xd8 && data[at + 2] === 0x66) marked += 1
    }
    return marked
  }, picture)
}

/** A line of text painted: a hundred letters' boxes or more. */
const PAINTED = 1_000

const chip = (panel: Panel, number: number) =>
  panel.page.getByRole('button', { name: `Quote ${number}: show on the page`, exact: true })

test('a quote that is pressed is highlighted on the page, which stays as it was', async ({ gloss }, testInfo) => {
  const page = await gloss.openPage('/tides-below')
  const before = await page.evaluate(() => document.documentElement.outerHTML)
  const panel = await answered(gloss, page, ANSWER)

  await expect(panel.lastReply.locator('[data-quote="verified"]')).toHaveCount(2)
  await expect(panel.lastReply.locator('[data-quote="verified"]').nth(1)).toContainText(ON_PAGE)
  await expect(panel.lastReply.locator('[data-quote="missing"]')).toContainText('not found on the page')
  await expect(panel.lastReply).not.toContainText('[1.')
  await expect(panel.lastReply.locator('[data-quote-chip]')).toHaveCount(2)

  await chip(panel, 1).focus()
  await panel.page.keyboard.press('Enter')
  await expect.poll(async () => await highlighted(page)).toBe(EXACT)
  expect(await page.evaluate(() => scrollY)).toBeGreaterThan(2_000)
  await expect(page.getByText('A tide gauge is a pipe')).toBeInViewport()
  expect(await page.evaluate(() => document.documentElement.outerHTML)).toBe(before)
  expect(await markedPixels(page)).toBeGreaterThan(PAINTED)
  await keepPicture(testInfo, page, 'the highlighted page')
  await keepPicture(testInfo, panel.page, 'the panel')

  await chip(panel, 2).click()
  await expect.poll(async () => await highlighted(page)).toBe(ON_PAGE)
  await page.mouse.click(5, 5)
  await expect.poll(async () => await highlighted(page)).toBe('')
  expect(await markedPixels(page)).toBe(0)
  expect(await page.evaluate(() => document.documentElement.outerHTML)).toBe(before)
})

test('a quote is found in a closed details, in a shadow root and in a frame', async ({ gloss }, testInfo) => {
  const page = await gloss.openPage('/nooks')
  const places = [
    'The spare float hangs in the shed behind the third nail from the left',
    'The key of the office lies under a bollard that has been painted twice',
    'In the cellar stands a barometer which has agreed with the weather',
    'At the far end of the mole there is a lamp, and whoever lights it',
  ]
  const panel = await answered(gloss, page, places.map((words) => `- “${words}”`).join('\n'))
  for (const [at, words] of places.entries()) {
    await chip(panel, at + 1).click()
    // Before the one shown last would go by itself.
    await expect.poll(async () => await highlighted(page), { message: words, timeout: 10_000 }).toBe(words)
    expect(await markedPixels(page), words).toBeGreaterThan(PAINTED)
    await keepPicture(testInfo, page, words)
  }
  expect(await page.evaluate(() => document.querySelector('details')?.open)).toBe(true)
})

test('the page changed: what was read is opened, with the passage marked', async ({ gloss, page }, testInfo) => {
  const panel = await answered(gloss, page, ANSWER)
  await page.evaluate(() => document.querySelector('main p')?.replaceChildren('Nothing is known of tides.'))
  const opened = gloss.browser.context.waitForEvent('page', (other) => other.url().includes('/library.html'))
  await chip(panel, 1).click()
  const library = await opened
  await expect(library.getByText('The passage is not on the page as it is now.')).toBeVisible()
  await expect(library.locator('mark')).toHaveText(EXACT)
  await expect(library.locator('mark')).toBeInViewport()
  const { violations } = await new AxeBuilder({ page: library }).setLegacyMode(true).analyze()
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
  await keepPicture(testInfo, library, 'the library')
})

test('the tab is gone: the page is opened at the passage', async ({ gloss }, testInfo) => {
  const page = await gloss.openPage('/tides-below')
  const panel = await answered(gloss, page, ANSWER)
  await page.close()
  const opened = gloss.browser.context.waitForEvent('page', (other) => !other.url().startsWith('chrome-extension:'))
  await chip(panel, 1).click()
  const again = await opened
  await again.waitForURL(({ pathname }) => pathname === '/tides-below')
  const [asked] = await again.evaluate(() => performance.getEntriesByType('navigation').map(({ name }) => name))
  expect(asked).toContain(`#:~:text=`)
  expect(asked).toContain(encodeURIComponent(EXACT))
  await expect.poll(async () => await again.evaluate(() => scrollY)).toBeGreaterThan(2_000)
  await expect(panel.lastReply).toContainText('The page was opened again, and the browser looks for the quote on it.')
  await keepPicture(testInfo, again, 'the page, opened again')
})

test('what was sent is there, character for character', async ({ gloss, page }, testInfo) => {
  const panel = await answered(gloss, page, ANSWER)
  const opened = gloss.browser.context.waitForEvent('page', (other) => other.url().includes('/library.html'))
  await panel.page.getByRole('link', { name: 'What was sent' }).first().click()
  const library = await opened
  await expect(library.getByRole('heading', { name: 'What was sent' })).toBeVisible()

  const [question] = await newestMessages(gloss.client)
  if (!question) throw new Error('no question is stored')
  const [context] = await gloss.client.query(api.messages.sent, { messageId: question._id })
  if (!context) throw new Error('the question has no page')
  const text = await gloss.client.query(api.snapshots.part, { snapshotId: context.snapshotId, order: 0 })
  const expected = (context.ranges ?? []).flatMap(({ start, end }) => text.slice(start, end).trim().split('\n\n'))
  expect(expected.length).toBeGreaterThan(3)
  const blocks = library.locator('[data-sent="text"] p')
  await expect(blocks).toHaveText(expected, { useInnerText: false })
  const prompt = JSON.stringify(gloss.provider.last?.body)
  for (const block of await blocks.allTextContents()) expect(prompt).toContain(JSON.stringify(block).slice(1, -1))
  await keepPicture(testInfo, library, 'what was sent')
})

test('chips at 320 px: nothing is cut off, and axe finds nothing', async ({ gloss, page }, testInfo) => {
  const panel = await answered(gloss, page, ANSWER)
  await expect(panel.lastReply.locator('[data-quote-chip]')).toHaveCount(2)
  await panel.page.setViewportSize({ width: 320, height: 640 })
  for (const colorScheme of ['light', 'dark'] as const) {
    await panel.page.emulateMedia({ colorScheme })
    const { violations } = await new AxeBuilder({ page: panel.page }).setLegacyMode(true).analyze()
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
    await keepPicture(testInfo, panel.page, `320 px, ${colorScheme}`)
  }
  expect(await panel.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320)
})
