import { FileUp, FileText, X } from 'lucide-react'
import { useRef } from 'react'
import { Alert } from '../../ui/alert.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import type { LocalPdfControl } from './use-local-pdf.ts'

interface LocalPdfProps {
  readonly pdf: LocalPdfControl
  /** Whether a file may be chosen where none is open. */
  readonly offered: boolean
}

const count = new Intl.NumberFormat('en')

/** The PDF from the disk that goes with the question, and the way to choose one. */
export function LocalPdf({ pdf: { state, open, drop }, offered }: LocalPdfProps) {
  const input = useRef<HTMLInputElement>(null)
  if (state.name === 'none' && !offered) return null
  return (
    <div data-local-pdf={state.name} className="border-rule border-b text-xs">
      <input
        ref={input}
        type="file"
        accept=".pdf,application/pdf"
        aria-label="PDF from your disk"
        hidden
        onChange={({ currentTarget }) => {
          const [file] = currentTarget.files ?? []
          if (file) open(file)
          // The same file can be chosen again after it failed.
          currentTarget.value = ''
        }}
      />
      {state.name === 'failed' ? (
        <div className="p-2">
          <Alert failure={state.failure} onDismiss={drop} />
        </div>
      ) : null}
      {state.name === 'reading' ? (
        <p role="status" className="text-faded truncate px-3 py-2">
          Reading {state.file.name} …
        </p>
      ) : null}
      {state.name === 'ready' ? (
        <div className="flex items-center gap-2 py-1.5 pr-1 pl-3">
          <FileText aria-hidden className="text-rubric size-3.5 shrink-0" />
          <div className="min-w-0 grow leading-snug">
            <span className="block truncate font-medium">{state.document.title}</span>
            <span className="text-faded block truncate">
              {`From your disk · ${count.format(state.document.words)} words${state.document.truncated ? ', cut' : ''}`}
            </span>
          </div>
          <IconButton label="Leave the PDF out" icon={X} onClick={drop} className="size-6" />
        </div>
      ) : null}
      {state.name === 'none' || state.name === 'failed' ? (
        <button
          type="button"
          onClick={() => input.current?.click()}
          className="text-faded hover:text-ink flex w-full items-center gap-2 px-3 py-2 text-left"
        >
          <FileUp aria-hidden className="size-3.5 shrink-0" />
          Open a PDF from your disk
        </button>
      ) : null}
    </div>
  )
}
