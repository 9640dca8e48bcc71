import { tabHost } from '../page-context/tab-name.ts'

interface TabIconProps {
  readonly title?: string | undefined
  readonly url?: string | undefined
}

/** The first letter of a tab's host. A site's own icon would have to be fetched, which tells the site. */
export function TabIcon({ title = '', url }: TabIconProps) {
  const name = tabHost(url).replace(/^www\./, '') || title.trim() || '?'
  const { value: letter } = new Intl.Segmenter().segment(name)[Symbol.iterator]().next()
  return (
    <span
      aria-hidden
      className="bg-rubric-wash text-rubric font-serif inline-flex size-5 shrink-0 items-center justify-center rounded text-xs font-bold"
    >
      {letter?.segment.toUpperCase()}
    </span>
  )
}
