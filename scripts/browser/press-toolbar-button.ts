import type { CDPSession, Page } from 'playwright-core'
import { setTimeout as wait } from 'node:timers/promises'
import { CommandError } from '../terminal/command-error.ts'

const PATIENCE_MS = 60_000
/** A press that finds the extension still starting is lost: after this long without a panel it is made again. */
const OPENS_WITHIN_MS = 3_000

/**
 * Presses the extension's toolbar button while `page` is in front: a real gesture, which opens the panel and lets the
 * extension read that page. Right after a start the browser may not know the extension yet, so it is tried again.
 * @returns the CDP target of the side panel
 */
export async function pressToolbarButton(session: CDPSession, extensionId: string, page: Page): Promise<string> {
  const deadline = Date.now() + PATIENCE_MS
  let refusal = ''
  await page.bringToFront()
  while (Date.now() < deadline) {
    refusal = await press(session, extensionId, page.url())
    if (refusal === '') {
      const panel = await findPanel(session, extensionId, Date.now() + OPENS_WITHIN_MS)
      if (panel) return panel
      refusal = 'the panel did not open'
    }
    if (/wasn't found|not found.*method/i.test(refusal)) break
    await wait(200)
  }
  throw new CommandError(
    `The Gloss button could not be pressed (${refusal.replace(/[.:]+$/, '')}): update Chromium, or name another in GLOSS_BROWSER.`,
  )
}

/** @returns why it was refused, or nothing */
async function press(session: CDPSession, id: string, url: string): Promise<string> {
  const { targetInfos } = await session.send('Target.getTargets', { filter: [{ type: 'tab' }] })
  const tab = targetInfos.find((target) => target.url === url)
  if (!tab) return 'its tab was not found'
  return session.send('Extensions.triggerAction', { id, targetId: tab.targetId }).then(
    () => '',
    (cause: unknown) => (cause instanceof Error ? cause.message : String(cause)),
  )
}

async function findPanel(session: CDPSession, id: string, deadline: number): Promise<string | undefined> {
  while (Date.now() < deadline) {
    const { targetInfos } = await session.send('Target.getTargets', {})
    const panel = targetInfos.find(({ type, url }) => type === 'page' && url.startsWith(`chrome-extension://${id}/`))
    if (panel) return panel.targetId
    await wait(50)
  }
  return undefined
}
