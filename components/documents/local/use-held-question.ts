import { useEffect, useRef } from 'react'
import type { Asking } from '../../asking/use-asking.ts'
import type { LocalPdfState } from './use-local-pdf.ts'

/** A question that is sent while the PDF it is about is still being read goes as soon as that was read. */
export function useHeldQuestion(asking: Asking, { name }: LocalPdfState): Asking {
  const held = useRef<string>(undefined)
  useEffect(() => {
    const text = held.current
    if (name === 'reading' || text === undefined) return
    held.current = undefined
    // Of a PDF that could not be read the panel says why, and the question still stands in the composer.
    if (name === 'ready') asking.send(text)
  }, [name, asking])
  if (name !== 'reading') return asking
  return {
    ...asking,
    send: (text) => {
      held.current = text
    },
  }
}
