import type { ReactNode } from 'react'

/** The name, and what belongs to the whole panel. */
export function PanelHeader({ children }: { readonly children?: ReactNode }) {
  return (
    <header className="border-rule flex h-11 shrink-0 items-center border-b pr-2 pl-4">
      <h1 className="font-serif grow text-lg italic">
        Gloss
        <span aria-hidden className="text-rubric ml-1 not-italic">
          {'}'}
        </span>
      </h1>
      {children}
    </header>
  )
}
