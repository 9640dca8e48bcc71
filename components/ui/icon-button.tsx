import type { LucideIcon } from 'lucide-react'
import type { ComponentProps } from 'react'

interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children' | 'aria-label'> {
  readonly label: string
  readonly icon: LucideIcon
}

/** A button that shows an icon and is named by words. */
export function IconButton({ label, icon: Icon, className = '', ...props }: IconButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className={`text-faded hover:text-ink hover:bg-wash inline-flex size-8 shrink-0 items-center justify-center rounded-md disabled:opacity-40 ${className}`}
      {...props}
    >
      <Icon aria-hidden className="size-4" strokeWidth={1.75} />
    </button>
  )
}
