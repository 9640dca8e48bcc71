import { FileSearch } from 'lucide-react'
import { libraryAddress } from '../library/library-address.ts'

/** Opens the exact text that a model was given for a question. */
export function SentLink({ messageId }: { readonly messageId: string }) {
  return (
    <a
      href={libraryAddress({ name: 'sent', id: messageId })}
      target="_blank"
      rel="noreferrer"
      className="text-faded hover:text-ink mt-1 inline-flex items-center gap-1.5 text-xs underline underline-offset-2"
    >
      <FileSearch aria-hidden className="size-3" />
      What was sent
    </a>
  )
}
