import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import type { Panel } from '../support/panel/panel.ts'
import type { Gloss } from '../support/gloss.ts'
import { streamed } from '../support/provider/answer.ts'
import { expect, test } from './fixtures.ts'

const corpusSchema = z.object({
  cases: z.array(z.object({ category: z.string(), payload: z.string().optional() })),
})

/** What a reply may carry, some at a time: one payload that opens a fence must not hide all that follow it. */
async function attacks(): Promise<string[]> {
  const file = new URL('../corpora/a1_xss_exfil.own.json', import.meta.url)
  const { cases } = corpusSchema.parse(JSON.parse(await readFile(file, 'utf8')))
  const payloads = cases.flatMap(({ category, payload }) =>
    payload === undefined || category === 'other-sink' ? [] : [payload],
  )
  const size = 20
  return Array.from({ length: Math.ceil(payloads.length / size) }, (_, at) =>
    payloads.slice(at * size, (at + 1) * size).join('\n\n'),
  )
}

/** Addresses outside this machine that anything in the browser asked for from now on. */
function watchOutside({ browser }: Gloss): string[] {
  const outside: string[] = []
  browser.context.on('request', (request) => {
    const url = request.url()
    if (!/^(chrome-extension:|data:|blob:|http:\/\/(127\.0\.0\.1|localhost)[:/])/.test(url)) outside.push(url)
  })
  return outside
}

async function dangerous(panel: Panel): Promise<string[]> {
  return await panel.transcript.evaluate((log) => {
    const replies = [...log.querySelectorAll('[data-reply]')]
    const elements = replies.flatMap((reply) => [
      ...reply.querySelectorAll('img, script, style, iframe, object, embed, link, meta, base, form, input, [style]'),
    ])
    const links = replies.flatMap((reply) => [...reply.querySelectorAll('[href]')])
    return [
      ...elements.map((element) => element.outerHTML.slice(0, 200)),
      ...links
        .map((link) => link.getAttribute('href') ?? '')
        .filter((href) => !/^(https?|mailto):/i.test(href))
        .map((href) => `href ${href}`),
    ]
  })
}

test('replies that attack the panel fetch nothing, run nothing and leave nothing of theirs', async ({
  gloss,
  page,
}) => {
  const outside = watchOutside(gloss)
  const panel = await (await gloss.openPanel(page)).untilOnline()
  const title = await panel.page.title()
  for (const [at, attack] of (await attacks()).entries()) {
    gloss.provider.answerWith(streamed(`${attack}\n\nThe end.`, 2_000))
    await panel.composer.fill(`Attack ${at}`)
    await panel.composer.press('Enter')
    await expect(panel.replies).toHaveCount(at + 1)
    await panel.untilStatus('complete')
  }
  expect(await dangerous(panel)).toEqual([])
  expect(outside).toEqual([])
  expect(await panel.page.title()).toBe(title)
  expect(panel.page.url()).toMatch(/^chrome-extension:/)
})

test('the extension asks for no host, and no page or other extension can reach it', async ({ gloss }) => {
  const manifest = await (await gloss.browser.worker()).evaluate(() => chrome.runtime.getManifest())
  expect(manifest.permissions?.toSorted()).toEqual(['activeTab', 'contextMenus', 'scripting', 'sidePanel', 'storage'])
  expect(manifest).toMatchObject({
    optional_permissions: ['tabs'],
    optional_host_permissions: ['<all_urls>'],
    externally_connectable: { ids: [], matches: [] },
  })
  expect(manifest).not.toHaveProperty('host_permissions')
  expect(manifest).not.toHaveProperty('content_scripts')
  expect(manifest).not.toHaveProperty('web_accessible_resources')
})

test('the panel’s policy refuses what it must, even to the panel itself', async ({ gloss, page }) => {
  const panel = await (await gloss.openPanel(page)).untilOnline()
  const refused = await panel.page.evaluate(async () => {
    const directives = new Set<string>()
    addEventListener('securitypolicyviolation', ({ effectiveDirective }) => directives.add(effectiveDirective))
    const attempt = (element: HTMLElement, attributes: Record<string, string>): void => {
      for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
      document.body.append(element)
    }
    attempt(document.createElement('img'), { src: 'https://attacker.example/x.png' })
    attempt(document.createElement('iframe'), { src: 'https://attacker.example/' })
    attempt(document.createElement('style'), {})
    document.querySelector('style:last-of-type')?.append('body { color: red }')
    attempt(document.createElement('script'), { src: 'https://attacker.example/x.js' })
    await fetch('https://attacker.example/').catch(() => undefined)
    await new Promise((done) => setTimeout(done, 300))
    return [...directives]
  })
  expect(refused.toSorted()).toEqual(['connect-src', 'frame-src', 'img-src', 'script-src-elem', 'style-src-elem'])
  // These violations were the point of the test.
  gloss.browser.problems.length = 0
})
