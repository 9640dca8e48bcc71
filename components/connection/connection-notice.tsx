import { Alert } from '../ui/alert.tsx'
import { useConnectionStatus } from './connection-provider.tsx'

/** One sentence while the backend cannot be reached, over what was shown before. */
export function ConnectionNotice() {
  const status = useConnectionStatus()
  return status.name === 'offline' ? (
    <div className="px-3 pt-2">
      <Alert failure={status.failure} />
    </div>
  ) : null
}
