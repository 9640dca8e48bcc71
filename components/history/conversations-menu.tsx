import { History } from 'lucide-react'
import { Popover } from 'radix-ui'
import { useState } from 'react'
import { IconButton } from '../ui/icon-button.tsx'
import { ConversationList } from './conversation-list.tsx'

/** The button that opens the list of conversations over the panel. Not modal: Radix's scroll lock would inject a style. */
export function ConversationsMenu() {
  const [open, setOpen] = useState(false)
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger asChild>
        <IconButton label="Conversations" icon={History} />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="end"
          sideOffset={6}
          collisionPadding={8}
          aria-label="Conversations"
          className="border-rule bg-sheet z-10 max-h-[min(32rem,calc(100vh-4.5rem))] w-[calc(100vw-1rem)] max-w-sm overflow-y-auto rounded-lg border p-1 shadow-lg"
        >
          <ConversationList onChosen={() => setOpen(false)} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}
