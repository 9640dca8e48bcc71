import { test as base, type Page } from '@playwright/test'
import { Gloss } from '../support/gloss.ts'
import { streamed } from '../support/provider/answer.ts'
import { prose } from '../support/reply-scripts.ts'

export { expect } from '@playwright/test'

interface WorkerFixtures {
  /** One for all tests of a worker; each test finds it empty. */
  readonly sharedGloss: Gloss
}

interface TestFixtures {
  readonly gloss: Gloss
  /** A page of the first window, in front. */
  readonly page: Page
}

/** Tests of the real side panel. Each fails when the panel broke its content security policy or threw. */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  sharedGloss: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads a fixture's needs from this pattern
    async ({}, use) => {
      await using gloss = await Gloss.start()
      await use(gloss)
    },
    { scope: 'worker', timeout: 180_000 },
  ],

  gloss: async ({ sharedGloss }, use, testInfo) => {
    await startAfresh(sharedGloss)
    await use(sharedGloss)
    if (testInfo.status !== testInfo.expectedStatus) await attachState(sharedGloss, testInfo)
    const { problems } = sharedGloss.browser
    const found = problems.splice(0)
    if (found.length > 0) throw new Error(`the panel reported:\n${found.join('\n')}`)
  },

  page: async ({ gloss }, use) => {
    await use(await gloss.openPage('/tides'))
  },
})

/** A browser with one blank tab and a person without conversations. */
async function startAfresh(gloss: Gloss): Promise<void> {
  const { context } = gloss.browser
  gloss.provider.answerWith(streamed(prose(4), 200))
  const blank = await context.newPage()
  for (const page of context.pages()) if (page !== blank) await page.close()
  await closeAsleep(gloss)
  await gloss.forget()
}

/** A tab that was put to sleep is no page of the context any more. */
async function closeAsleep({ browser }: Gloss): Promise<void> {
  const worker = await browser.worker()
  await worker.evaluate(async () => {
    for (const { id } of await chrome.tabs.query({ discarded: true }))
      if (id !== undefined) await chrome.tabs.remove(id)
  })
}

async function attachState({ browser, engine }: Gloss, testInfo: ReturnType<typeof base.info>): Promise<void> {
  for (const [at, page] of browser.context.pages().entries()) {
    const body = await page.screenshot({ timeout: 5_000 }).catch(() => undefined)
    if (body) await testInfo.attach(`page ${at}`, { body, contentType: 'image/png' })
  }
  await testInfo.attach('engine log', { body: engine.log(), contentType: 'text/plain' })
}
