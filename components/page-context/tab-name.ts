import type { NamedTab } from '../../protocol/intent.ts'

const SHOWN_LENGTH = 60

/** What a person knows a tab by: its title, or else its host or address. */
export function tabName({ title, url }: Pick<NamedTab, 'title' | 'url'>): string {
  const name = (title?.trim() || tabHost(url) || url || 'That tab').replace(/\s+/g, ' ').toWellFormed()
  const characters = Array.from(name)
  return characters.length > SHOWN_LENGTH ? `${characters.slice(0, SHOWN_LENGTH - 1).join('')}…` : name
}

export function tabHost(url: string | undefined): string {
  return (url === undefined ? undefined : URL.parse(url))?.host ?? ''
}
