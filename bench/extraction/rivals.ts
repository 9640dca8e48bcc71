import { Readability } from '@mozilla/readability'
import Defuddle from 'defuddle'
import { isDocument } from '../../page/dom-access.ts'
import { markdownBlockSteps } from '../../page/markdown-blocks.ts'
import { allAtOnce } from '../../page/steps.ts'

/** What others find on the page that is open, with the milliseconds of the extractor itself. */
export interface Rivals {
  readonly readability: Extracted
  readonly defuddle: Extracted
  readonly innerText: string
}

interface Extracted {
  readonly text: string
  readonly ms: number
}

/**
 * Bundled, and run in the page: each extractor as its documentation says, on the page itself where it only reads it,
 * on a clone where it takes it apart. All texts are made from their HTML by the same converter, untimed.
 */
export function runRivals(): Rivals {
  const innerText = document.body.innerText
  return {
    readability: timed(() => {
      const clone = document.cloneNode(true)
      if (!isDocument(clone)) throw new TypeError('the clone of a document is a document')
      return new Readability(clone).parse()?.content ?? ''
    }),
    defuddle: timed(() => new Defuddle(document, { url: location.href, useAsync: false }).parse().content),
    innerText,
  }
}

function timed(extract: () => string): Extracted {
  const start = performance.now()
  const html = extract()
  const ms = performance.now() - start
  const { body } = new DOMParser().parseFromString(html, 'text/html')
  const text = allAtOnce(markdownBlockSteps(body))
    .map((block) => block.text)
    .join('\n\n')
  return { text, ms }
}
