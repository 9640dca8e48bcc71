/**
 * Stands in for `rehype-raw`, which Streamdown imports and Gloss never runs: raw HTML is shown as text. So the package
 * holds no HTML parser, and the panel opens sooner.
 */
export default function noRawHtml(): never {
  throw new Error('Raw HTML is never parsed')
}
