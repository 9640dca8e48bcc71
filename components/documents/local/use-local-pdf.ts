import { useConvex } from 'convex/react'
import { useEffect, useState } from 'react'
import type { Failure } from '../../../protocol/errors.ts'
import { convexAskBackend } from '../../asking/ask-backend.ts'
import { usePanel } from '../../asking/panel-context.tsx'
import type { StagedDocument } from './stage-local-pdf.ts'

export type LocalPdfState =
  | { readonly name: 'none' }
  | { readonly name: 'reading'; readonly file: File }
  | { readonly name: 'ready'; readonly document: StagedDocument }
  | { readonly name: 'failed'; readonly failure: Failure }

export interface LocalPdfControl {
  readonly state: LocalPdfState
  readonly open: (file: File) => void
  readonly drop: () => void
}

/** The PDF from the disk that the next questions are about. */
export function useLocalPdf(): LocalPdfControl {
  const client = useConvex()
  const { desk, draft } = usePanel()
  const [state, setState] = useState<LocalPdfState>({ name: 'none' })
  const file = state.name === 'reading' ? state.file : undefined

  useEffect(() => {
    if (!file) return
    const life = new AbortController()
    const read = async (): Promise<void> => {
      // Loaded when the first PDF is read: the panel starts without it.
      const { stageLocalPdf } = await import('./stage-local-pdf.ts')
      const answer = await stageLocalPdf(file, convexAskBackend(client), life.signal)
      if (life.signal.aborted) return
      setState(answer.ok ? { name: 'ready', document: answer.document } : { name: 'failed', failure: answer.failure })
      if (!answer.ok) return
      desk.attach(answer.document)
      // The page beside the panel is another one: whoever wants both puts it back.
      draft.change({ attached: false })
    }
    void read()
    return () => life.abort()
  }, [file, client, desk, draft])

  return {
    state,
    open: (chosen) => setState({ name: 'reading', file: chosen }),
    drop: () => {
      desk.attach(undefined)
      setState({ name: 'none' })
    },
  }
}
