import { createContext, useContext, useMemo } from 'react'
import { Block, defaultRehypePlugins, defaultRemarkPlugins, parseMarkdownIntoBlocks, Streamdown } from 'streamdown'
import type { BlockProps, Components, StreamdownProps } from 'streamdown'
import { blockRanges } from '../citations/block-ranges.ts'
import type { QuoteRange } from '../citations/block-ranges.ts'
import { markQuotes, QUOTE_ELEMENT } from '../citations/mark-quotes.ts'
import { hidePassageMarks, withoutOpenMark } from '../citations/passage-marks.ts'
import { QuoteElement } from '../citations/quote-element.tsx'
import type { QuoteView } from '../citations/quote-views.ts'
import { groupBlocks } from './group-blocks.ts'
import { imagesAsText } from './images-as-text.ts'
import { safeLink } from './safe-link.ts'

/**
 * The one file that turns Markdown into DOM. A reply may hold whatever a page told the model to write, so: no raw HTML
 * (Streamdown shows it as text when its `raw` plugin is absent), no image of any kind, and links that name their host.
 */
const harden = {
  allowedImagePrefixes: [],
  allowedLinkPrefixes: ['*'],
  allowedProtocols: ['http', 'https', 'mailto'],
  allowDataImages: false,
  linkBlockPolicy: 'text-only',
  imageBlockPolicy: 'text-only',
}

type Plugins = NonNullable<StreamdownProps['rehypePlugins']>

const hardening: Plugins = [
  ...(defaultRehypePlugins['sanitize'] ? [defaultRehypePlugins['sanitize']] : []),
  hardened(defaultRehypePlugins['harden']),
]

const remarkPlugins: NonNullable<StreamdownProps['remarkPlugins']> = [
  ...Object.values(defaultRemarkPlugins),
  imagesAsText,
]

const components: Components = {
  a: ({ href, children }) => {
    const link = safeLink(href)
    if (!link) return <>{children}</>
    const namesItself = children === link.host || children === link.href || `${String(children)}/` === link.href
    return (
      <a href={link.href} target="_blank" rel="noreferrer">
        {children}
        {namesItself ? null : <span data-link-host=""> ({link.host})</span>}
      </a>
    )
  },
  img: () => null,
  // A list of tasks is read here, never ticked.
  input: ({ checked }) => <>{checked ? '☑' : '☐'}</>,
  pre: ({ children }) => (
    // A box that scrolls has to be reachable by keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <pre tabIndex={0}>{children}</pre>
  ),
  code: ({ children }) => <code>{children}</code>,
  table: ({ children }) => (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section data-table="" aria-label="Table" tabIndex={0}>
      <table>{children}</table>
    </section>
  ),
  ...plain('h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'p', 'ul', 'ol', 'blockquote', 'hr', 'strong', 'sub', 'sup'),
  [QUOTE_ELEMENT]: QuoteElement,
  ...plain('li', 'thead', 'tbody', 'tr', 'th', 'td', 'section'),
}

/** Streamdown's own elements bring classes and controls; these are styled by `[data-reply]` alone. */
function plain(...tags: (keyof React.JSX.IntrinsicElements & string)[]): Components {
  return Object.fromEntries(tags.map((tag) => [tag, tag]))
}

function hardened(plugin: (typeof defaultRehypePlugins)[string] | undefined): (typeof defaultRehypePlugins)[string] {
  const attacher = Array.isArray(plugin) ? plugin[0] : undefined
  if (typeof attacher !== 'function') throw new Error('Streamdown no longer brings the plugin that hardens links')
  return [attacher, harden]
}

// HTML is text here: what looks like the beginning of a tag is not held back.
const remend: NonNullable<StreamdownProps['remend']> = { linkMode: 'text-only', images: false, htmlTags: false }

const blocksOf = (text: string): string[] => groupBlocks(parseMarkdownIntoBlocks(text))

const noQuotes: readonly QuoteView[] = []
const RangesByBlock = createContext<readonly (readonly QuoteRange[])[]>([])

/** One block of a reply. Its quotations are marked last, in a tree that holds nothing any more that the reply made up. */
function QuotedBlock(props: BlockProps) {
  const ranges = useContext(RangesByBlock)[props.index]
  const { rehypePlugins } = props
  const plugins = useMemo(() => {
    if (!ranges || ranges.length === 0) return rehypePlugins
    // Before the marks of passages go: places in the Markdown are of the text with them.
    return [...hardening, [markQuotes, ranges], ...(rehypePlugins ?? []).slice(hardening.length)] satisfies Plugins
  }, [rehypePlugins, ranges])
  return <Block {...props} {...(plugins ? { rehypePlugins: plugins } : {})} />
}

interface MarkdownProps {
  readonly text: string
  /** Closes what is still open at the end (an unfinished link is text). */
  readonly streaming: boolean
  /** Checked quotations, which `QuotesProvider` gives their looks. */
  readonly quotes?: readonly QuoteView[]
  /** How many pages its marks of passages may name: those are not shown. */
  readonly pages?: number
}

/** A reply as it is written. */
export function Markdown({ text, streaming, quotes = noQuotes, pages = 0 }: MarkdownProps) {
  const rehypePlugins = useMemo<Plugins>(
    () => (pages === 0 ? hardening : [...hardening, [hidePassageMarks, pages]]),
    [pages],
  )
  const ranges = useMemo(() => (quotes.length === 0 ? [] : blockRanges(text, blocksOf(text), quotes)), [text, quotes])
  return (
    <RangesByBlock value={ranges}>
      <Streamdown
        mode="streaming"
        parseIncompleteMarkdown={streaming}
        parseMarkdownIntoBlocksFn={blocksOf}
        BlockComponent={QuotedBlock}
        isAnimating={streaming}
        remend={remend}
        controls={false}
        linkSafety={{ enabled: false }}
        rehypePlugins={rehypePlugins}
        remarkPlugins={remarkPlugins}
        components={components}
      >
        {streaming && pages > 0 ? withoutOpenMark(text) : text}
      </Streamdown>
    </RangesByBlock>
  )
}
