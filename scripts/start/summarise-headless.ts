import type { Page } from 'playwright-core'
import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import { EXTENSION_ID } from '../../protocol/extension-id.ts'
import type { OpenBrowser } from '../browser/open-browser.ts'
import { pressToolbarButton } from '../browser/press-toolbar-button.ts'
import { attachSidePanel, type SidePanel } from '../browser/side-panel.ts'
import { CommandError } from '../terminal/command-error.ts'
import type { Progress } from '../terminal/progress.ts'
import { connectBackend } from './connect-backend.ts'
import { followReply } from './follow-reply.ts'
import { printGrowing } from './print-growing.ts'
import type { LocalGloss } from './start-local.ts'
import { drawSummaryPicture } from './summary-picture.ts'

const REPLY = `[...document.querySelectorAll('[role=log] article[aria-label="Gloss"]')].at(-1)`
const ALERT = `document.querySelector('[role=alert]')?.innerText.trim()`

/** Does with the real panel what a person would: presses the button, asks for a summary, reads the answer. */
export async function summariseHeadless(
  { session, context }: OpenBrowser,
  page: Page,
  { config }: LocalGloss,
  picture: string,
  progress: Progress,
): Promise<void> {
  const panelTarget = await progress.step('Opening the side panel', () =>
    pressToolbarButton(session, EXTENSION_ID, page),
  )
  await using panel = await attachSidePanel(session, panelTarget)
  await panel.waitFor(`document.documentElement.dataset.connection === 'online'`, 30_000, async () => {
    const state = await panel.read('document.documentElement.dataset.connection ?? "blank"', z.string())
    return `The side panel could not reach the engine (it is ${state}): start again, or report this.`
  })
  await panel.clickButton('Summarise')
  await panel.waitFor(`${REPLY} || ${ALERT}`, 60_000, () =>
    Promise.resolve('The panel did not react to Summarise: start again, or report this.'),
  )
  await refuseAlert(panel)

  const client = connectBackend(config, `chrome-extension://${EXTENSION_ID}`)
  try {
    process.stdout.write('\n')
    const reply = await followReply(
      client,
      printGrowing((text) => process.stdout.write(text)),
    )
    process.stdout.write('\n\n')
    await panel.waitFor(`${REPLY}?.dataset.status === ${JSON.stringify(reply.status)}`, 10_000, () =>
      Promise.resolve('The panel does not show the answer that was stored: start again, or report this.'),
    )
    if (reply.status !== 'complete') await refuseAlert(panel)
    if (reply.status !== 'complete') {
      throw new CommandError(`The answer ended early (${reply.error?.code ?? reply.status}): start again.`)
    }
  } finally {
    await client.close()
  }
  await settle(panel)
  const shots = { page: (await page.screenshot()).toString('base64'), panel: await panel.screenshot() }
  await drawSummaryPicture(context, shots, picture)
}

/** @throws CommandError with the panel's own sentence, when it shows one */
async function refuseAlert(panel: SidePanel): Promise<void> {
  const sentence = await panel.read(`${ALERT} ?? ''`, z.string())
  if (sentence !== '') throw new CommandError(sentence.replace(/\s+/g, ' '))
}

/** Scrolling and fonts come to rest before the picture is taken; a panel that keeps moving is taken as it is. */
async function settle(panel: SidePanel): Promise<void> {
  const state = `[document.body.scrollHeight, ...[...document.querySelectorAll('*')].map((e) => e.scrollTop)].join()`
  let before = ''
  for (let round = 0; round < 20; round += 1) {
    const now = await panel.read(state, z.string())
    if (now === before) return
    before = now
    await wait(150)
  }
}
