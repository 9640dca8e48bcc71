import type { Page } from 'playwright-core'
import { join, relative, resolve } from 'node:path'
import { EXTENSION_ID } from '../protocol/extension-id.ts'
import { findBrowser } from './browser.ts'
import { openBrowser } from './browser/open-browser.ts'
import { pressToolbarButton } from './browser/press-toolbar-button.ts'
import { openStateFolder } from './local/state-folder.ts'
import { projectRoot, startLocal } from './start/start-local.ts'
import { findDisplay, parseStartArguments } from './start/start-options.ts'
import { summariseHeadless } from './start/summarise-headless.ts'
import { untilInterrupted } from './start/until-interrupted.ts'
import { CommandError } from './terminal/command-error.ts'
import { createProgress } from './terminal/progress.ts'
import { runCommand } from './terminal/run-command.ts'

/** `npm start [-- https://…]`: Gloss on this machine, with a window where there is a display, else once and headless. */
async function start(): Promise<number> {
  const address = parseStartArguments(process.argv.slice(2))
  const display = findDisplay(process.platform, process.env)
  const progress = createProgress(process.stderr)
  const folder = await openStateFolder(resolve(process.env['GLOSS_FOLDER'] || join(projectRoot, '.gloss')))
  const executable = await findBrowser(progress)

  await using stack = new AsyncDisposableStack()
  const gloss = await startLocal(projectRoot, folder, stack, progress)
  const browser = stack.use(
    await progress.step('Opening Chromium', () =>
      openBrowser(
        executable,
        folder.path('browser'),
        {
          extension: gloss.extension,
          headless: display === 'none',
          wayland: display === 'wayland',
          width: 1280,
          height: 1060,
        },
        progress,
      ),
    ),
  )
  const interrupted = untilInterrupted()
  const page = browser.context.pages()[0] ?? (await browser.context.newPage())
  const url = address?.href ?? gloss.sampleUrl
  const engineDied = gloss.engine.ended.then((reason) => {
    throw new CommandError(
      `The engine stopped (${reason || 'it gave no reason'}): start again, your conversations are kept.`,
    )
  })

  if (display === 'none') {
    const picture = folder.path('summary.png')
    const work = visit(page, url, 'load').then(() => summariseHeadless(browser, page, gloss, picture, progress))
    const outcome = await Promise.race([work, engineDied, interrupted])
    if (outcome === 'interrupted') return 130
    progress.say(`Page and panel as they looked: ${relative(process.cwd(), picture)}`)
    return 0
  }

  // A page that cannot be loaded shows the browser's own explanation, beside a panel that works.
  await visit(page, url, 'commit').catch(() => undefined)
  await pressToolbarButton(browser.session, EXTENSION_ID, page)
  progress.say('Gloss is open. Alt+S summarises the page you are on. Close the window or press Ctrl+C to end.')
  await Promise.race([browser.closed, engineDied, interrupted])
  progress.say('Gloss has ended. Your conversations are kept in .gloss; "npm start" brings them back.')
  return 0
}

async function visit(page: Page, url: string, waitUntil: 'load' | 'commit'): Promise<void> {
  await page.goto(url, { waitUntil, timeout: 60_000 }).catch((cause: unknown) => {
    const reason = /net::\w+/.exec(String(cause))?.[0] ?? 'it took longer than a minute'
    throw new CommandError(`${url} could not be opened (${reason}): check the address and your connection.`)
  })
}

await runCommand(start)
