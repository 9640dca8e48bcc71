/** What is read and written of the tree that Markdown becomes (hast), after it was sanitised. */
export interface HastNode {
  type: string
  tagName?: string
  value?: string
  properties?: Record<string, unknown>
  children?: HastNode[]
  position?: { readonly start: { readonly offset?: number }; readonly end: { readonly offset?: number } }
}

/** Elements that stand in a line of text. All others part one line from the next. */
const inline: ReadonlySet<string> = new Set(
  'a abbr b br code del em i img input ins kbd mark q s samp small span strong sub sup u'.split(' '),
)

export function isInline(node: HastNode): boolean {
  return node.type === 'text' || (node.tagName !== undefined && inline.has(node.tagName))
}

/** Whether its text is code: shown as it is written. */
export function isCode(node: HastNode): boolean {
  return node.tagName === 'code' || node.tagName === 'pre'
}
