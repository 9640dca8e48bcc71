// @vitest-environment happy-dom
import { expect, test } from 'vitest'
import { captureLimits } from './limits.ts'
import { copyVisible } from './visible-copy.ts'
import { zonedBlocks } from './zoned-blocks.ts'

const sentence = 'The line reopens on 14 May, the harbour office said.'
const article = `<article><h1>Ferry line</h1>${Array.from({ length: 20 }, (_, at) => `<p>${at}. ${sentence}</p>`).join('')}</article>`
const page = `<nav><ul><li>Home</li><li>Tickets</li></ul></nav>${article}<aside><p>Also: a new timetable.</p></aside><footer>Printed on Mondays</footer>`

async function zonesOf(
  body: string,
  limits = captureLimits,
): Promise<{ main: string[]; rest: string[]; method: string }> {
  document.documentElement.innerHTML = `<head><title>Ferry line</title></head><body>${body}</body>`
  const { method, blocks } = await zonedBlocks(await copyVisible(document, limits), 'https://news.test/', [], limits)
  const texts = (zone: string): string[] => blocks.filter((block) => block.zone === zone).map(({ text }) => text)
  return { method, main: texts('main'), rest: texts('rest') }
}

test('an article with its heading is main, what stands around it is rest, and every block is there once', async () => {
  const { main, rest } = await zonesOf(page)
  expect(main[0]).toBe('# Ferry line')
  expect(main.slice(1)).toEqual(Array.from({ length: 20 }, (_, at) => `${at}. ${sentence}`))
  expect(rest).toEqual(['- Home\n- Tickets', 'Also: a new timetable.', 'Printed on Mondays'])
})

test('a large page is read by its landmarks, and whole', async () => {
  const { method, main, rest } = await zonesOf(page, { ...captureLimits, extractorElements: 5 })
  expect(method).toBe('landmark')
  expect(main).toHaveLength(21)
  expect(rest).toHaveLength(3)
})

test('a page of nothing but navigation is main', async () => {
  expect(await zonesOf('<nav>Home</nav>')).toMatchObject({ main: ['Home'], rest: [] })
})
