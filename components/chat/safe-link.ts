export interface SafeLink {
  readonly href: string
  /** What is shown beside the link: the host, or the address of a mail link. */
  readonly host: string
}

const protocols = new Set(['http:', 'https:', 'mailto:'])

/** An absolute web or mail address, or undefined for anything else (relative, fragment, script, data …). */
export function safeLink(href: string | undefined): SafeLink | undefined {
  const url = href === undefined ? null : URL.parse(href)
  if (!url || !protocols.has(url.protocol)) return undefined
  // A name before the host would let a link read as another site's address.
  url.username = ''
  url.password = ''
  return { href: url.href, host: url.protocol === 'mailto:' ? url.pathname : url.host }
}
