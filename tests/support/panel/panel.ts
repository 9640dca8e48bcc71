import { expect, type Locator, type Page } from '@playwright/test'
import type { PanelRecord } from './record-panel.ts'

/** The side panel, by what a person and a screen reader find in it. */
export class Panel {
  readonly page: Page
  readonly composer: Locator
  readonly transcript: Locator
  readonly questions: Locator
  readonly replies: Locator
  readonly alert: Locator
  readonly chip: Locator
  readonly announcement: Locator

  constructor(page: Page) {
    this.page = page
    this.composer = page.getByRole('textbox', { name: 'Ask about this page' })
    this.transcript = page.getByRole('log')
    this.questions = page.getByRole('article', { name: 'You' })
    this.replies = page.getByRole('article', { name: 'Gloss' })
    this.alert = page.getByRole('alert')
    this.chip = page.locator('[data-page-chip]')
    this.announcement = page.getByRole('status')
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true })
  }

  get lastReply(): Locator {
    return this.replies.last()
  }

  async untilOnline(): Promise<this> {
    await expect(this.page.locator('html')).toHaveAttribute('data-connection', 'online')
    return this
  }

  async untilStatus(status: string): Promise<void> {
    await expect(this.lastReply).toHaveAttribute('data-status', status)
  }

  /** The last reply as it is shown, character for character, its quotes checked. */
  async replyText(): Promise<string> {
    await expect(this.lastReply.locator('[data-reply][aria-busy="true"]')).toHaveCount(0)
    return (await this.lastReply.locator('[data-reply]').textContent()) ?? ''
  }

  /** Waits until at least so many characters of the last reply are shown, white space apart. */
  async untilShown(length: number): Promise<void> {
    await this.page.waitForFunction((least) => (window.panelRecord?.samples.at(-1)?.length ?? 0) >= least, length, {
      polling: 20,
    })
  }

  async ask(question: string): Promise<void> {
    await this.composer.fill(question)
    await this.button('Send').click()
  }

  /** Closes the panel as its own button does. Resolves when it is gone. */
  async close(): Promise<void> {
    await this.page.close()
  }

  async record(): Promise<PanelRecord> {
    return await this.page.evaluate(() => window.panelRecord ?? { samples: [], connections: [], presses: [] })
  }
}
