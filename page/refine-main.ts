import type { PlacedBlock } from './placed-blocks.ts'

/** What a page's author marks as standing beside its content, and comments and links to other pages by their names. */
const beside = 'aside, footer, [role="complementary"], [role="contentinfo"]'
const notContent =
  `${beside}, nav, form, dialog, [role="navigation"], [role="search"], [role="dialog"], ` +
  ['comment', 'relat', 'recommend', 'similar']
    .map((name) => `[class*="${name}" i]:not(html, body), [id*="${name}" i]:not(html, body)`)
    .join(', ')

/** Words that lead to something else when they are a link. */
const invitation =
  /^[-#>*\d. ]*(?:share|tweet|print|reply|like|follow|subscribe|sign (?:in|up)|log ?in|register|menu|search|home|skip to|read more|learn more|view (?:all|more)|see (?:all|more)|show more|load more|next|previous|back to|related|you may also|recommended|more from|advertisement|sponsored|leave a|post a|privacy|terms|cookie|contact|about us|newsletter)\b/i

/** Words from which a paragraph is one that is written to be read. */
const prose = 27
/** Shares of a block that are links: from the first on it leads elsewhere, below the second it is text. */
const mostlyLinks = 0.6
const hardlyLinks = 0.2
/** Blocks on each side that say whether a heading stands in the main text. */
const around = 3

/**
 * Corrects what was chosen block by block: takes out what stands in an aside or a footer and invitations to go
 * elsewhere, and puts back headings and paragraphs that were lost from the middle. On labelled pages this is worth
 * 0.005 of F1, in either half of them.
 */
export function refineMain(
  page: readonly PlacedBlock[],
  words: readonly number[],
  chosen: readonly boolean[],
): boolean[] {
  const kept = page.map(
    (block, at) => chosen[at] === true && (isPageHeading(block) || !(isBeside(block) || isInvitation(block))),
  )
  const first = chosen.indexOf(true)
  const last = chosen.lastIndexOf(true)
  const withProse = page.map((block, at) => {
    if (kept[at] === true) return true
    const isProse = (words[at] ?? 0) >= prose && block.linked < hardlyLinks
    return isProse && at > first && at < last && isContent(block)
  })
  return page.map((block, at) => {
    if (withProse[at] === true) return true
    return block.kind === 'heading' && mostlyMain(withProse, at) && isContent(block)
  })
}

function isPageHeading({ element }: PlacedBlock): boolean {
  return element.localName === 'h1'
}

function isBeside({ element }: PlacedBlock): boolean {
  return element.closest(beside) !== null
}

function isInvitation({ linked, text }: PlacedBlock): boolean {
  return linked > mostlyLinks && invitation.test(text)
}

function isContent({ element }: PlacedBlock): boolean {
  return element.closest(notContent) === null
}

function mostlyMain(isMain: readonly boolean[], at: number): boolean {
  const near = isMain.slice(Math.max(0, at - around), at + around + 1)
  return near.filter(Boolean).length > near.length / 2
}
