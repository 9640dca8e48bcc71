import type { ReactNode } from 'react'

/** What to do, before anything was asked. */
export function EmptyState() {
  return (
    <div className="flex min-h-0 grow flex-col justify-center-safe overflow-y-auto px-6 py-5">
      <p aria-hidden className="text-rubric font-serif text-4xl leading-none">
        {'}'}
      </p>
      <h2 className="font-serif mt-2 text-xl leading-tight">Read this page with a note in the margin.</h2>
      <ul className="text-faded mt-4 space-y-2.5 text-sm">
        <Hint>
          <kbd>Alt</kbd> <kbd>S</kbd> on a page writes its summary here.
        </Hint>
        <Hint>Select a passage and choose “Explain selection” from its menu.</Hint>
        <Hint>Or ask a question below. Answers go on when you close this panel.</Hint>
      </ul>
      <p className="text-faded border-rule mt-5 border-t pt-3 text-xs">Nothing is read before you ask.</p>
    </div>
  )
}

function Hint({ children }: { readonly children: ReactNode }) {
  return <li className="border-rule border-l-2 pl-3">{children}</li>
}
