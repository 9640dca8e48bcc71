import { Readability } from '@mozilla/readability'
import Defuddle from 'defuddle'
import { isDocument } from './dom-access.ts'

/**
 * Readability's rules, each time without one more of them: leaving out what is unlikely by its name, weighing by names,
 * leaving out what is mostly links. It goes to the next when it found too little, all in one task, which freezes large
 * pages for as long as four tries take; so each try is made here, in a task of its own.
 */
const strict = [0b111, 0b110]
const lenient = [0b100, 0]
/** Characters from which what was found is an article: Readability's own threshold. */
const enough = 500
/** Every text is longer: it must not try again by itself. */
const anything = -1

/**
 * What Mozilla's extractor takes for the article.
 *
 * @param leniently whether it may try with few rules as well, which takes four times as long
 * @param rest waits for a new task
 */
export async function readabilityContent(
  copy: Document,
  leniently: boolean,
  rest: () => Promise<void>,
): Promise<Node | undefined> {
  let best: Found | undefined
  for (const rules of leniently ? [...strict, ...lenient] : strict) {
    await rest()
    const found = attempt(() => readabilityOnce(copy, rules))
    if (found !== undefined && found.length > (best?.length ?? 0)) best = found
    if (best !== undefined && best.length >= enough) break
  }
  return best?.content
}

interface Found {
  readonly content: Node
  /** Characters, white space collapsed. */
  readonly length: number
}

/**
 * An extractor that fails on a document finds nothing in it: the page is still read by what is left. They fail on
 * documents without a body, and where a page's Trusted Types policy forbids `innerHTML` even in an inert copy.
 */
function attempt<Result>(extract: () => Result): Result | undefined {
  try {
    return extract()
  } catch (error) {
    if (error instanceof Error) return undefined
    throw error
  }
}

/** On a copy of its own, because it takes the document apart. */
function readabilityOnce(copy: Document, rules: number): Found | undefined {
  const own = copy.cloneNode(true)
  if (!isDocument(own)) return undefined
  const reader = new Readability<Node>(own, {
    keepClasses: true,
    disableJSONLD: true,
    charThreshold: anything,
    serializer: (node) => node,
  })
  Reflect.set(reader, '_flags', rules)
  const content = reader.parse()?.content
  if (!content) return undefined
  return { content, length: (content.textContent ?? '').trim().replace(/\s{2,}/g, ' ').length }
}

/**
 * Obsidian's extractor, with its rules for known sites. `useAsync: false`: it must not fetch anything. Its output is only
 * compared with the page's blocks, so it is not rewritten for reading: that takes a quarter of its time, and what is
 * chosen without it is right as often (F1 0.8528 and 0.8524 on labelled pages). Nor does it look for what is hidden by
 * its name, because the copy holds what is shown, nor for small images. It looks in the page's JSON-LD for the
 * article's text, to find where that stands.
 */
export async function defuddleContent(
  copy: Document,
  url: string,
  schema: readonly string[],
  rest: () => Promise<void>,
): Promise<Node | undefined> {
  const html = attempt(() => defuddleOnce(copy, url, schema))
  await rest()
  return html === undefined ? undefined : attempt(() => new DOMParser().parseFromString(html, 'text/html').body)
}

function defuddleOnce(copy: Document, url: string, schema: readonly string[]): string {
  for (const text of schema) {
    const script = copy.createElement('script')
    script.type = 'application/ld+json'
    script.textContent = text
    copy.head.append(script)
  }
  const options = { url, useAsync: false, standardize: false, removeHiddenElements: false, removeSmallImages: false }
  return new Defuddle(copy, options).parse().content
}
