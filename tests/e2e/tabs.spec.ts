import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { buildExtension, unpackExtension } from '../../scripts/local/build-extension.ts'
import { createProgress } from '../../scripts/terminal/progress.ts'
import { grantTabs } from '../support/browser/grant-tabs.ts'
import { keepPicture } from '../support/browser/keep-picture.ts'
import { listConversations, newestMessages } from '../support/engine/stored-conversation.ts'
import { Gloss } from '../support/gloss.ts'
import type { Panel } from '../support/panel/panel.ts'
import { streamed } from '../support/provider/answer.ts'
import { expect, test as shipped } from './fixtures.ts'

const TIDES = 'How a harbour reads the tide'
const MARGIN = 'A short history of the margin'

/** What the browser and the person were asked is granted here; see `grantTabs`. */
const granted = shipped.extend<object, { readonly sharedGloss: Gloss }>({
  sharedGloss: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads a fixture's needs from this pattern
    async ({}, use) => {
      await using gloss = await Gloss.start(undefined, grantTabs)
      await use(gloss)
    },
    { scope: 'worker', timeout: 180_000 },
  ],
})

const field = (panel: Panel) => panel.page.getByRole('combobox', { name: 'Find an open tab' })
const options = (panel: Panel) => panel.page.getByRole('option')
const chips = (panel: Panel) => panel.page.locator('[data-tab-chip]')

/** Names a tab by keyboard. */
async function nameTab(panel: Panel, words: string): Promise<void> {
  const before = await chips(panel).count()
  await panel.composer.press('@')
  await expect(field(panel)).toBeFocused()
  await panel.page.keyboard.type(words)
  await expect(options(panel)).toHaveCount(1)
  await panel.page.keyboard.press('Enter')
  await expect(chips(panel)).toHaveCount(before + 1)
}

async function discard(gloss: Gloss, address: string): Promise<void> {
  const worker = await gloss.browser.worker()
  await worker.evaluate(async (url) => {
    for (const { id, url: its } of await chrome.tabs.query({})) if (its === url && id) await chrome.tabs.discard(id)
  }, address)
}

/** All that the provider was sent, in however many passes. */
const sentText = (gloss: Gloss): string => JSON.stringify(gloss.provider.requests.map(({ body }) => body))
const contextsOf = async (gloss: Gloss) => (await newestMessages(gloss.client))[0]?.contexts

const keepBusy = (ms: number): void => {
  setTimeout(() => {
    for (const end = performance.now() + ms; performance.now() < end;);
  })
}

async function axe(panel: Panel): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page: panel.page }).setLegacyMode(true).analyze()
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id} ${target.join(' ')}`))
}

/** Opens the panel beside the tides, with the margin and a third page in other tabs. */
async function panelBesideTides(gloss: Gloss): Promise<{ panel: Panel; page: Page; margin: Page }> {
  const margin = await gloss.openPage('/sample', 'localhost')
  await gloss.openPage('/nooks', 'localhost')
  const page = await gloss.openPage('/tides')
  const panel = await (await gloss.openPanel(page)).untilOnline()
  return { panel, page, margin }
}

granted.describe('with everything granted', () => {
  granted(
    'two tabs are compared by keyboard alone, and each is cited; no other is read',
    async ({ gloss }, testInfo) => {
      gloss.provider.answerWith(
        streamed(
          'Both are about notes: “what moves in it is the tide alone” [1.1], and “A margin looks like nothing” [2.1].',
          400,
        ),
      )
      const { panel } = await panelBesideTides(gloss)
      await panel.page.setViewportSize({ width: 320, height: 640 })
      await panel.composer.press('@')
      await expect(options(panel)).toHaveCount(2)
      expect(await axe(panel)).toEqual([])
      await keepPicture(testInfo, panel.page, 'the list of tabs')
      await panel.page.keyboard.press('Escape')
      await expect(panel.composer).toHaveValue('@')
      await panel.composer.fill('')

      await nameTab(panel, 'margin')
      await expect(chips(panel)).toContainText([MARGIN])
      expect(await axe(panel)).toEqual([])
      await keepPicture(testInfo, panel.page, 'a tab that was named')
      await panel.button('Compare tabs').press('Enter')
      await panel.untilStatus('complete')

      expect(await contextsOf(gloss)).toMatchObject([
        { kind: 'page', title: TIDES },
        { kind: 'tab', title: MARGIN },
      ])
      expect((await newestMessages(gloss.client))[0]).toMatchObject({ task: 'compare', content: 'Compare these tabs.' })
      expect(sentText(gloss)).toContain('a pipe that stands in the water')
      expect(sentText(gloss)).toContain('A margin looks like nothing')
      expect(sentText(gloss)).not.toContain('barometer which has agreed')
      await expect(panel.lastReply.locator('[data-quote="verified"]')).toHaveCount(2)
      await keepPicture(testInfo, panel.page, 'the comparison')
    },
  )

  granted('a tab named within a sentence stands in it, and is sent', async ({ gloss }) => {
    const { panel } = await panelBesideTides(gloss)
    await panel.page.keyboard.type('Which is older, this or ')
    await nameTab(panel, 'margin')
    await panel.page.keyboard.type('really?')
    await expect(panel.composer).toHaveValue(`Which is older, this or “${MARGIN}” really?`)
    await panel.page.keyboard.press('Enter')
    await panel.untilStatus('complete')
    expect(await contextsOf(gloss)).toHaveLength(2)
    await expect(chips(panel)).toHaveCount(1)
    await panel.composer.press('Backspace')
    await expect(chips(panel)).toHaveCount(0)
  })

  granted.describe('a tab that changed after it was named: one sentence, and the question goes without it', () => {
    for (const [name, change, sentence] of [
      ['closed', async (_gloss, margin) => await margin.close(), 'was closed before it was read'],
      ['discarded', async (gloss, margin) => await discard(gloss, margin.url()), 'is asleep'],
      [
        'gone to another page',
        async (gloss, margin) => void (await margin.goto(gloss.pages.url('/tides', 'localhost'))),
        'moved on to another page',
      ],
    ] as readonly (readonly [string, (gloss: Gloss, margin: Page) => Promise<void>, string])[]) {
      granted(name, async ({ gloss }) => {
        const { panel, margin } = await panelBesideTides(gloss)
        await nameTab(panel, 'margin')
        await change(gloss, margin)
        await panel.ask('What is said of notes?')
        await expect(panel.alert).toContainText(`“${MARGIN}” ${sentence}`)
        await expect(panel.composer).toHaveValue('What is said of notes?')
        expect(await listConversations(gloss.client)).toEqual([])

        await panel.button('Ask without it').click()
        await panel.untilStatus('complete')
        expect(await contextsOf(gloss)).toMatchObject([{ kind: 'page', title: TIDES }])
        await expect(panel.alert).toHaveCount(0)
      })
    }
  })

  granted('two tabs of one page are one', async ({ gloss }) => {
    await gloss.openPage('/sample', 'localhost')
    const { panel } = await panelBesideTides(gloss)
    await panel.button('Name other tabs').click()
    await expect(options(panel)).toHaveCount(3)
    for (const option of await options(panel).filter({ hasText: MARGIN }).all()) await option.click()
    await panel.page.keyboard.press('Escape')
    await expect(chips(panel)).toHaveCount(2)
    await panel.ask('What is said of notes?')
    await panel.untilStatus('complete')
    expect(await contextsOf(gloss)).toMatchObject([{ title: TIDES }, { kind: 'tab', title: MARGIN }])
    expect(await contextsOf(gloss)).toHaveLength(2)
  })

  granted(
    'the panel is closed while the tabs are read, and opened again: asked once, about all of them',
    async ({ gloss }) => {
      const { panel, page, margin } = await panelBesideTides(gloss)
      await nameTab(panel, 'margin')
      await margin.evaluate(keepBusy, 3_000)
      await panel.ask('What is said of notes?')
      await expect(panel.page.getByText(/Reading 2 pages/)).toBeVisible()
      await panel.close()
      const again = await gloss.openPanel(page)
      await again.untilStatus('complete')
      await expect(again.questions).toHaveCount(1)
      expect(await contextsOf(gloss)).toMatchObject([{ title: TIDES }, { kind: 'tab', title: MARGIN }])
      expect(gloss.provider.requests).toHaveLength(1)
      await expect(chips(again)).toContainText([MARGIN])
    },
  )
})

shipped.describe('as it is shipped', () => {
  shipped(
    'the list holds what the browser tells, and says why not more; a press of the icon adds a tab',
    async ({ gloss }, testInfo) => {
      const { panel, margin } = await panelBesideTides(gloss)
      await panel.page.setViewportSize({ width: 320, height: 640 })
      await panel.button('Name other tabs').click()
      await expect(options(panel)).toHaveCount(0)
      await expect(panel.page.getByText(/The browser does not name \d more tabs to Gloss/)).toBeVisible()
      await expect(panel.button('Show all open tabs')).toBeVisible()
      expect(await axe(panel)).toEqual([])
      await keepPicture(testInfo, panel.page, 'the list without the permission')
      await panel.page.keyboard.press('Escape')

      await margin.bringToFront()
      await gloss.browser.pressIcon(margin)
      await expect(panel.chip).toContainText(MARGIN)
      await nameTab(panel, 'tide')
      await panel.ask('What is said of notes?')
      await panel.untilStatus('complete')
      expect(await contextsOf(gloss)).toMatchObject([
        { kind: 'page', title: MARGIN },
        { kind: 'tab', title: TIDES },
      ])
      expect(sentText(gloss)).not.toContain('barometer which has agreed')
    },
  )

  shipped(
    'another site in the tab: the panel asks for Alt+S, and reads no page that was not asked about',
    async ({ gloss, page }) => {
      const panel = await (await gloss.openPanel(page)).untilOnline()
      await page.goto(gloss.pages.url('/sample', 'localhost'))
      await expect(panel.chip).toHaveText('This tab: press Alt+S or the icon to read it')
      await panel.ask('What is this?')
      await expect(panel.alert).toHaveText('Press Alt+S, or the Gloss icon, on this page to let Gloss read it.')
      expect(await listConversations(gloss.client)).toEqual([])
      expect(gloss.provider.requests).toEqual([])
    },
  )

  shipped('the build for the tests above differs from it in what it may do unasked, and in nothing else', async () => {
    const root = fileURLToPath(new URL('../..', import.meta.url))
    const folder = await mkdtemp(join(tmpdir(), 'gloss-builds-'))
    const [one, two] = [join(folder, 'shipped'), join(folder, 'granted')]
    const built = await buildExtension(root, createProgress(process.stderr))
    await unpackExtension(built, one)
    await unpackExtension(built, two)
    await grantTabs(two)
    const [files, changed] = [await filesOf(one), await filesOf(two)]
    const [manifest, other] = [await manifestOf(one), await manifestOf(two)]
    await rm(folder, { recursive: true })

    expect([...files.keys()]).toEqual([...changed.keys()])
    expect([...files].filter(([path, hash]) => changed.get(path) !== hash).map(([path]) => path)).toEqual([
      'manifest.json',
    ])
    const { permissions, optional_permissions, optional_host_permissions, ...same } = manifest
    const { permissions: unasked, host_permissions, ...others } = other
    expect(others).toEqual(same)
    expect([unasked, host_permissions]).toEqual([
      [...(permissions ?? []), ...(optional_permissions ?? [])],
      optional_host_permissions,
    ])
    expect([optional_permissions, optional_host_permissions]).toEqual([['tabs'], ['<all_urls>']])
  })
})

async function manifestOf(extension: string): Promise<Partial<Record<string, string[]>>> {
  return JSON.parse(await readFile(join(extension, 'manifest.json'), 'utf8')) as Partial<Record<string, string[]>>
}

async function filesOf(folder: string): Promise<Map<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const hashed = paths.toSorted().map(async (path): Promise<[string, string]> => {
    return [
      relative(folder, path),
      createHash('sha256')
        .update(await readFile(path))
        .digest('hex'),
    ]
  })
  return new Map(await Promise.all(hashed))
}
