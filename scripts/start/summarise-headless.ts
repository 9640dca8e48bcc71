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

const REPLIES = `document.querySelectorAll('[role=log] article[aria-label="Gloss"]')`
const REPLY = `[...${REPLIES}].at(-1)`
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
  await startAnew(panel)

  const client = connectBackend(config, `chrome-extension://${EXTENSION_ID}`)
  const watching = new AbortController()
  try {
    const since = Date.now()
    await panel.clickButton('Summarise')
    process.stdout.write('\n')
    const print = printGrowing((text) => process.stdout.write(text))
    const reply = await Promise.race([followReply(client, since, print), untilAlert(panel, watching.signal)])
    process.stdout.write('\n\n')
    await panel.waitFor(`${REPLY}?.dataset.status === ${JSON.stringify(reply.status)}`, 10_000, () =>
      Promise.resolve('The panel does not show the answer that was stored: start again, or report this.'),
    )
    if (reply.status !== 'complete') {
      throw new CommandError(`The answer ended early (${reply.error?.code ?? reply.status}): start again.`)
    }
  } finally {
    watching.abort()
    await client.close()
  }
  await settle(panel)
  const shots = { page: (await page.screenshot()).toString('base64'), panel: await panel.screenshot() }
  await drawSummaryPicture(context, shots, picture)
}

/** The panel reopens where it was left. */
async function startAnew(panel: SidePanel): Promise<void> {
  if ((await panel.read(`${REPLIES}.length`, z.number())) === 0) return
  await panel.clickButton('New conversation')
  await panel.waitFor(`${REPLIES}.length === 0`, 10_000, () =>
    Promise.resolve('The panel did not start a new conversation: start again, or report this.'),
  )
}

/** @throws CommandError with the panel's own sentence, as soon as it shows one */
async function untilAlert(panel: SidePanel, signal: AbortSignal): Promise<never> {
  for (; !signal.aborted; await wait(200)) {
    const sentence = await panel.read(`${ALERT} ?? ''`, z.string())
    if (sentence !== '') throw new CommandError(sentence.replace(/\s+/g, ' '))
  }
  return new Promise(() => {})
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
