import { Check, Copy, X } from 'lucide-react'
import { useEffect, useState } from 'react'
import { IconButton } from './icon-button.tsx'

const SHOWN_MS = 2_000

const icons = { idle: Copy, copied: Check, refused: X }

/** Copies a text as it is, and shows for a moment whether it did. */
export function CopyButton({ text }: { readonly text: string }) {
  const [state, setState] = useState<keyof typeof icons>('idle')
  useEffect(() => {
    if (state === 'idle') return undefined
    const timer = setTimeout(() => setState('idle'), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [state])

  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text)
      setState('copied')
    } catch (error) {
      // The browser keeps the clipboard from a panel that has lost the focus.
      console.warn(error)
      setState('refused')
    }
  }
  return <IconButton label="Copy" icon={icons[state]} onClick={() => void copy()} />
}
