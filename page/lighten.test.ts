// @vitest-environment happy-dom
import { expect, test } from 'vitest'
import { lighten } from './lighten.ts'
import { allAtOnce } from './steps.ts'

test('what stands in a line goes and its words stay, in order', () => {
  const copy = new DOMParser().parseFromString(
    '<p class="a">One <b>two <i>three</i></b><span></span> <a href="/x"><em>four</em></a></p><pre><code>five</code></pre>',
    'text/html',
  )
  allAtOnce(lighten(copy))
  expect(copy.body.innerHTML).toBe('<p class="a">One two three <a href="/x">four</a></p><pre>five</pre>')
  expect(copy.querySelector('p')?.childNodes).toHaveLength(2)
})
