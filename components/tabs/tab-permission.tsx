import { useState } from 'react'
import { askForTabs } from './tab-access.ts'

interface TabPermissionProps {
  /** How many open tabs the browser does not name. */
  readonly untold: number
  readonly onGranted: () => void
}

/** Says why the list is not whole, and asks for what it takes. */
export function TabPermission({ untold, onGranted }: TabPermissionProps) {
  const [refused, setRefused] = useState(false)
  const press = async (): Promise<void> => {
    if (await askForTabs()) onGranted()
    else setRefused(true)
  }
  return (
    <>
      <p role={refused ? 'status' : undefined}>
        {refused
          ? 'The browser was not allowed to. To name a tab without that, go to it, press the Gloss icon there, and come back.'
          : `The browser does not name ${untold === 1 ? 'one more tab' : `${String(untold)} more tabs`} to Gloss. It can, under the name of “Read your browsing history”: Gloss uses titles and addresses for this list, and reads only tabs that you name.`}
      </p>
      <button
        type="button"
        onClick={() => void press()}
        className="border-rule text-ink hover:bg-wash h-7 rounded-md border px-2.5"
      >
        Show all open tabs
      </button>
    </>
  )
}
