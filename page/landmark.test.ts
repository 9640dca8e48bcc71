// @vitest-environment happy-dom
import { expect, test } from 'vitest'
import { landmarkSteps } from './landmark.ts'
import { placedMarkdown } from './testing/placed-markdown.ts'
import { allAtOnce } from './steps.ts'

test.each<[what: string, body: string, text: string]>([
  ['main', '<p>a</p><main>b</main>', 'b'],
  ['role main', '<p>a</p><div role="main">b</div>', 'b'],
  ['the only article', '<p>a</p><article>b</article>', 'b'],
  ['the body where articles are many', '<article>a</article><article>b</article>', 'ab'],
  ['the body where main is empty', '<main></main><p>a</p>', 'a'],
  ['main without its navigation', '<main><nav>x</nav>a<aside>y</aside><div><button>z</button></div></main>', 'a'],
  ['a sentence with a button in it', '<main><p>Long before <button>save</button></p></main>', 'Long before save'],
  ['main within an aside', '<aside><main>a</main></aside>', 'a'],
  ['the body without header and footer', '<header>x</header><p>a</p><footer>y</footer>', 'a'],
  ['an article’s own header', '<article><header>a</header>b</article>', 'ab'],
  ['what there is, where all is navigation', '<nav>a</nav>', 'a'],
])('%s', (_what, body, text) => {
  const copy = new DOMParser().parseFromString(`<body>${body}</body>`, 'text/html')
  const page = placedMarkdown(copy.documentElement)
  const isIn = allAtOnce(landmarkSteps(copy, page))
  expect(
    page
      .filter((_block, at) => isIn[at])
      .map((block) => block.text)
      .join(''),
  ).toBe(text)
})
