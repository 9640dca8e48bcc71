import { sameConfig } from './local-config.ts'
import type { ConnectionStatus } from './connection-status.ts'
import type { LocalConfig } from './local-config.ts'
import { pause } from './pause.ts'

/** At most this long between two looks at a backend that is down: a restarted one is found within a second. */
const POLL_MS = 500

export interface Link {
  /** True while the socket is open and the backend has confirmed who is asking. */
  isUp(): boolean
  /** True while the backend answers and does not accept the pairing secret. */
  isRefused(): boolean
  /** Connects at once instead of waiting out the client's backoff (which grows to 16 s). */
  reconnect(): void
  /** Calls back on every change of `isUp`; returns the way to stop. */
  onChange(callback: () => void): () => void
  close(): void
}

export interface Supervision {
  readConfig(signal: AbortSignal): Promise<LocalConfig | undefined>
  checkHealth(url: string, signal: AbortSignal): Promise<boolean>
  /** Opens a client for this address and secret. */
  open(config: LocalConfig): Link
  report(status: ConnectionStatus): void
}

/** Keeps one link to the backend that `local.json` names, replaces it when the file changes, until the signal aborts. */
export async function superviseConnection(supervision: Supervision, signal: AbortSignal): Promise<void> {
  let current: { config: LocalConfig; link: Link } | undefined
  const { readConfig, checkHealth, open, report } = supervision
  try {
    report({ name: 'connecting' })
    while (!signal.aborted) {
      const config = await readConfig(signal)
      if (config && (!current || !sameConfig(current.config, config))) {
        const outdated = current?.link
        current = { config, link: open(config) }
        outdated?.close()
      }
      if (current?.link.isUp()) {
        report({ name: 'online' })
        await untilDown(current.link, signal)
        if (!signal.aborted) report({ name: 'connecting' })
        continue
      }
      const healthy = current !== undefined && (await checkHealth(current.config.url, signal))
      if (healthy) {
        report(
          current?.link.isRefused() ? { name: 'offline', failure: { code: 'not_signed_in' } } : { name: 'connecting' },
        )
        current?.link.reconnect()
      } else {
        report({ name: 'offline', failure: { code: 'backend_unreachable', detail: current?.config.url } })
      }
      await untilUp(current?.link, POLL_MS, signal)
    }
  } catch (error) {
    if (!signal.aborted) throw error
  } finally {
    current?.link.close()
  }
}

async function untilDown(link: Link, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<undefined>()
  const check = (): void => {
    if (!link.isUp() || signal.aborted) resolve(undefined)
  }
  const stop = link.onChange(check)
  signal.addEventListener('abort', check, { once: true })
  check()
  await promise
  stop()
  signal.removeEventListener('abort', check)
}

async function untilUp(link: Link | undefined, ms: number, signal: AbortSignal): Promise<void> {
  const wait = new AbortController()
  const stop = link?.onChange(() => {
    if (link.isUp()) wait.abort()
  })
  await pause(ms, AbortSignal.any([signal, wait.signal]))
  stop?.()
}
