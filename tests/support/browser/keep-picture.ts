import type { TestInfo } from '@playwright/test'
import type { Page } from 'playwright-core'

/** A picture of a page, kept with what the test run leaves behind. */
export async function keepPicture(testInfo: TestInfo, page: Page, name: string): Promise<void> {
  const path = testInfo.outputPath(`${name.replaceAll(/[^\p{L}\d]+/gu, '-')}.png`)
  await page.screenshot({ path })
  await testInfo.attach(name, { path, contentType: 'image/png' })
}
