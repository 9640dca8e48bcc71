// @vitest-environment happy-dom
import { expect, test } from 'vitest'
import { imageDescriptionSteps } from './image-descriptions.ts'
import { placedMarkdown } from './testing/placed-markdown.ts'
import { allAtOnce } from './steps.ts'

test.each<[what: string, body: string, descriptions: readonly string[]]>([
  ['what an image shows', '<p>Tides</p><img alt="A chart of  the tides">', ['![A chart of the tides]']],
  ['a name alone', '<img alt="Site logo">', []],
  ['what the page says itself', '<img alt="A chart of the tides"><p>Fig. 1: A chart of the tides, 1910.</p>', []],
  ['one description twice', '<img alt="A chart of tides"><img alt="A chart of tides">', ['![A chart of tides]']],
  ['decoration', '<img role="presentation" alt="a blue wavy line"><img aria-hidden="true" alt="a red wavy line">', []],
  ['carriers', '<img alt="A chart\u200B of\u00AD tides">', ['![A chart of tides]']],
])('%s', (_what, body, descriptions) => {
  const copy = new DOMParser().parseFromString(`<body>${body}</body>`, 'text/html')
  const blocks = allAtOnce(imageDescriptionSteps(copy, placedMarkdown(copy.documentElement)))
  expect(blocks.map(({ text }) => text)).toEqual(descriptions)
})
