import { cleanText } from './clean-text.ts'
import { isElement, isText } from './dom-access.ts'
import { blockNames } from './element-kinds.ts'
import { preservedSpace } from './white-space.ts'

/** A fenced code block with the language the page names, its lines and indentation kept. Empty without code. */
export function codeText(pre: Element): string {
  const code = preservedSpace(cleanText(linesOf(pre)))
    .replace(/^\n+/, '')
    .trimEnd()
  if (code === '') return ''
  const longestRun = (code.match(/`+/g) ?? []).reduce((longest, run) => Math.max(longest, run.length), 2)
  const fence = '`'.repeat(longestRun + 1)
  return `${fence}${languageOf(pre)}\n${code}\n${fence}`
}

/** Highlighters wrap lines in blocks or end them with `<br>`: both show as line breaks. */
function linesOf(node: Node): string {
  let text = ''
  let afterBlock = false
  for (const child of node.childNodes) {
    const isBlock = isElement(child) && blockNames.has(child.localName)
    const piece = isText(child)
      ? child.data
      : isElement(child)
        ? child.localName === 'br'
          ? '\n'
          : linesOf(child)
        : ''
    const breaks = (isBlock || afterBlock) && text !== '' && !text.endsWith('\n') && piece !== '' && piece !== '\n'
    text += breaks ? `\n${piece}` : piece
    if (piece !== '') afterBlock = isBlock
  }
  return text
}

function languageOf(pre: Element): string {
  for (const element of [pre.querySelector('code'), pre, pre.parentElement]) {
    if (element === null) continue
    const named = element.getAttribute('data-lang') ?? element.getAttribute('data-language')
    const language =
      named ?? /(?:^|\s)(?:lang(?:uage)?-|highlight-source-|brush:\s*)([\w+#.-]+)/i.exec(element.className)?.[1]
    if (language !== undefined && /^[\w+#.-]{1,20}$/.test(language)) return language.toLowerCase()
  }
  return ''
}
