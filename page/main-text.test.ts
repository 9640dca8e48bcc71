// @vitest-environment happy-dom
import { expect, test } from 'vitest'
import type { Block } from './block.ts'
import { captureLimits } from './limits.ts'
import { chooseMain, mainText } from './main-text.ts'
import { copyVisible } from './visible-copy.ts'

const words = (count: number): readonly Block[] =>
  count === 0 ? [] : [{ kind: 'paragraph', text: 'word '.repeat(count).trim() }]

test.each<[readability: number, defuddle: number, landmark: number, method: string]>([
  [100, 100, 100, 'readability'],
  [70, 100, 100, 'readability'],
  [69, 100, 100, 'defuddle'],
  [100, 0, 100, 'readability'],
  [0, 100, 100, 'defuddle'],
  [0, 0, 100, 'landmark'],
  [29, 29, 100, 'landmark'],
  [10, 30, 100, 'defuddle'],
  [0, 0, 0, 'landmark'],
])('of %i, %i and %i words', (readability, defuddle, landmark, method) => {
  const marked = { method: 'landmark', blocks: words(landmark) } as const
  expect(chooseMain(words(readability), words(defuddle), marked).method).toBe(method)
})

test('white space and marks do not count', () => {
  const spaced: readonly Block[] = [{ kind: 'table', text: `| word |${' '.repeat(500)}${' --- |'.repeat(50)}` }]
  expect(chooseMain(words(10), spaced, { method: 'landmark', blocks: [] }).method).toBe('readability')
})

const article = `<nav>menu</nav><article><h1>Ferry line</h1>${'<p>The line reopens on 14 May, the harbour office said.</p>'.repeat(20)}</article>`

test('finds an article and its heading', async () => {
  document.documentElement.innerHTML = `<head><title>Ferry line</title></head><body>${article}</body>`
  const { blocks } = await mainText(await copyVisible(document, captureLimits), 'https://news.test/', captureLimits)
  expect(blocks[0]).toEqual({ kind: 'heading', text: '# Ferry line' })
  expect(blocks.filter(({ text }) => text.startsWith('The line reopens'))).toHaveLength(20)
  expect(blocks.some(({ text }) => text.includes('menu'))).toBe(false)
})

test('a large page is read by its landmarks', async () => {
  document.documentElement.innerHTML = `<head></head><body>${article}</body>`
  const limits = { ...captureLimits, extractorElements: 5 }
  expect((await mainText(await copyVisible(document, limits), 'https://news.test/', limits)).method).toBe('landmark')
})
