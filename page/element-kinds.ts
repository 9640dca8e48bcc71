/** Elements that start a new line wherever they stand (the HTML standard's rendering section, without tables' parts). */
export const blockNames: ReadonlySet<string> = new Set(
  (
    'address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure footer form ' +
    'h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol optgroup option p pre search section summary ' +
    'table caption colgroup tbody thead tfoot tr td th ul'
  ).split(' '),
)

/** What carries no readable text of the page: code, form values, other documents, media (their content is a fallback). */
export const unreadNames: ReadonlySet<string> = new Set(
  (
    'script style template link base object embed applet canvas audio video source track map area ' +
    'input textarea select datalist progress meter param portal'
  ).split(' '),
)

export const frameNames: ReadonlySet<string> = new Set(['iframe', 'frame'])

export const metadataNames: ReadonlySet<string> = new Set(['head', 'title', 'meta'])

/** Parts of an SVG image that can show text; the rest are shapes and descriptions that are not shown. */
export const svgTextNames: ReadonlySet<string> = new Set('svg g a text tspan textPath switch foreignObject'.split(' '))
