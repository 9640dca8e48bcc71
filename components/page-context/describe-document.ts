/**
 * Runs inside a tab and stands alone: which document this is, and where its PDF is when it shows one. A page that is
 * made of nothing but a PDF frame is that PDF, where it comes from the page's own origin.
 */
export function describeDocument(): { readonly address: string; readonly pdf: string | null } {
  const address = location.href
  if (document.contentType === 'application/pdf') return { address, pdf: address }
  for (const frame of document.querySelectorAll('embed, object, iframe')) {
    const type = frame.getAttribute('type') ?? ''
    const source = frame.getAttribute(frame.localName === 'object' ? 'data' : 'src')
    const url = source === null ? null : URL.parse(source, document.baseURI)
    const isPdf = type === 'application/pdf' || (type === '' && url !== null && /\.pdf$/i.test(url.pathname))
    if (!isPdf || url?.origin !== location.origin || location.origin === 'null') continue
    const { width, height } = frame.getBoundingClientRect()
    if (width * height > 0.6 * innerWidth * innerHeight) return { address, pdf: url.href }
  }
  return { address, pdf: null }
}
