/** Why a kept page is shown in place of the page itself. */
export type KeptReason = 'changed' | 'unreadable'

export type LibraryRoute =
  /** A page as it was read, with a passage marked: UTF-16 offsets into the snapshot's text. */
  | {
      readonly name: 'snapshot'
      readonly id: string
      readonly mark?: { readonly start: number; readonly end: number } | undefined
      readonly reason?: KeptReason | undefined
    }
  /** What a model was given for a question, or for the question of an answer. */
  | { readonly name: 'sent'; readonly id: string }

/** The fragment of `library.html` that shows this. */
export function libraryHash(route: LibraryRoute): string {
  const id = encodeURIComponent(route.id)
  if (route.name === 'sent') return `#/sent/${id}`
  const query = new URLSearchParams()
  if (route.mark) {
    query.set('start', String(route.mark.start))
    query.set('end', String(route.mark.end))
  }
  if (route.reason) query.set('reason', route.reason)
  return `#/snapshot/${id}${query.size > 0 ? `?${query}` : ''}`
}

/** What a fragment asks for; undefined when it asks for nothing that the library has. */
export function libraryRoute(hash: string): LibraryRoute | undefined {
  const [, name, id, query = ''] = /^#\/(snapshot|sent)\/([\w%-]+)(?:\?(.*))?$/.exec(hash) ?? []
  if (name === undefined || id === undefined) return undefined
  if (name === 'sent') return { name, id }
  const parameters = new URLSearchParams(query)
  const [start, end, reason] = [
    offset(parameters.get('start')),
    offset(parameters.get('end')),
    parameters.get('reason'),
  ]
  return {
    name: 'snapshot',
    id,
    ...(start !== undefined && end !== undefined && start < end ? { mark: { start, end } } : {}),
    ...(reason === 'changed' || reason === 'unreadable' ? { reason } : {}),
  }
}

function offset(value: string | null): number | undefined {
  return value !== null && /^\d{1,9}$/.test(value) ? Number(value) : undefined
}
