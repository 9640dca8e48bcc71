/** How long an engine on this machine may take to answer before it counts as down. */
const HEALTH_MS = 900

/** Whether a backend answers at this address. */
export async function checkHealth(url: string, signal: AbortSignal): Promise<boolean> {
  try {
    const response = await fetch(new URL('/version', url), {
      cache: 'no-store',
      signal: AbortSignal.any([signal, AbortSignal.timeout(HEALTH_MS)]),
    })
    return response.ok
  } catch (error) {
    if (signal.aborted) throw error
    return false
  }
}
