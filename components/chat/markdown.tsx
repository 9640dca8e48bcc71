import { defaultRehypePlugins, defaultRemarkPlugins, parseMarkdownIntoBlocks, Streamdown } from 'streamdown'
import type { Components, StreamdownProps } from 'streamdown'
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

const rehypePlugins: NonNullable<StreamdownProps['rehypePlugins']> = [
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

/** A reply as it is written: `streaming` closes what is still open at the end (an unfinished link is text). */
export function Markdown({ text, streaming }: { readonly text: string; readonly streaming: boolean }) {
  return (
    <Streamdown
      mode="streaming"
      parseIncompleteMarkdown={streaming}
      parseMarkdownIntoBlocksFn={blocksOf}
      isAnimating={streaming}
      remend={remend}
      controls={false}
      linkSafety={{ enabled: false }}
      rehypePlugins={rehypePlugins}
      remarkPlugins={remarkPlugins}
      components={components}
    >
      {text}
    </Streamdown>
  )
}
