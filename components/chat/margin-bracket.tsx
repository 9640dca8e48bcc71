/** The mark of a gloss: a bracket in the margin, open at the foot while the note is still being written. */
export function MarginBracket({ open }: { readonly open: boolean }) {
  return <span aria-hidden data-margin-bracket={open ? 'open' : 'closed'} />
}
