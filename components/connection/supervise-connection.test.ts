import { describe, expect, test, vi } from 'vitest'
import { superviseConnection } from './supervise-connection.ts'
import type { ConnectionStatus } from './connection-status.ts'
import type { LocalConfig } from './local-config.ts'
import type { Link, Supervision } from './supervise-connection.ts'

/** A backend in memory: `alive` is whether it answers, `config` what local.json says. */
class FakeBackend implements Supervision {
  config: LocalConfig | undefined
  alive = false
  opened: FakeLink[] = []
  statuses: string[] = []

  readConfig = async (): Promise<LocalConfig | undefined> => await Promise.resolve(this.config)
  checkHealth = async (): Promise<boolean> => await Promise.resolve(this.alive)
  open = (config: LocalConfig): Link => {
    const link = new FakeLink(this, config)
    this.opened.push(link)
    return link
  }
  report = (status: ConnectionStatus): void => {
    const text =
      status.name === 'offline' ? `offline ${status.failure.detail ?? status.failure.code}`.trim() : status.name
    if (this.statuses.at(-1) !== text) this.statuses.push(text)
  }
}

class FakeLink implements Link {
  closed = false
  #up = false
  #listeners = new Set<() => void>()
  readonly config: LocalConfig
  readonly #backend: FakeBackend

  constructor(backend: FakeBackend, config: LocalConfig) {
    this.#backend = backend
    this.config = config
  }

  refused = false
  isUp = (): boolean => this.#up
  isRefused = (): boolean => this.refused
  reconnect = (): void => this.set(this.#backend.alive)
  close = (): void => {
    this.closed = true
  }
  onChange = (callback: () => void): (() => void) => {
    this.#listeners.add(callback)
    return () => this.#listeners.delete(callback)
  }
  set(up: boolean): void {
    this.#up = up
    for (const listener of this.#listeners) listener()
  }
}

const config = { url: 'http://127.0.0.1:3210', siteUrl: 'http://127.0.0.1:3211', secret: 's' }

async function supervised(setUp: (backend: FakeBackend) => void, body: (backend: FakeBackend) => Promise<void>) {
  const backend = new FakeBackend()
  setUp(backend)
  const life = new AbortController()
  const running = superviseConnection(backend, life.signal)
  await body(backend)
  life.abort()
  await running
  return backend
}

describe('superviseConnection', () => {
  test('waits for a file that is not there yet, then connects', async () => {
    const backend = await supervised(
      () => undefined,
      async (b) => {
        await vi.waitFor(() => expect(b.statuses).toEqual(['connecting', 'offline backend_unreachable']))
        b.config = config
        b.alive = true
        await vi.waitFor(() => expect(b.statuses.at(-1)).toBe('online'), 5_000)
      },
    )
    expect(backend.statuses).toEqual(['connecting', 'offline backend_unreachable', 'connecting', 'online'])
  })

  test('says where it looked while down, and forces the reconnect once the backend answers', async () => {
    await supervised(
      (b) => Object.assign(b, { config, alive: true }),
      async (b) => {
        await vi.waitFor(() => expect(b.statuses.at(-1)).toBe('online'), 5_000)
        b.alive = false
        b.opened[0]?.set(false)
        await vi.waitFor(() => expect(b.statuses.at(-1)).toBe(`offline ${config.url}`), 5_000)
        b.alive = true
        await vi.waitFor(() => expect(b.statuses.at(-1)).toBe('online'), 5_000)
        expect(b.opened).toHaveLength(1)
      },
    )
  })

  test('a backend that answers and refuses the pairing is not called unreachable', async () => {
    await supervised(
      (b) => Object.assign(b, { config }),
      async (b) => {
        await vi.waitFor(() => expect(b.opened).toHaveLength(1), 5_000)
        Object.assign(b.opened[0] ?? {}, { refused: true, reconnect: () => undefined })
        b.alive = true
        await vi.waitFor(() => expect(b.statuses.at(-1)).toBe('offline not_signed_in'), 5_000)
      },
    )
  })

  test('a new address or secret gets a new client, and the old one is closed', async () => {
    const backend = await supervised(
      (b) => Object.assign(b, { config, alive: true }),
      async (b) => {
        await vi.waitFor(() => expect(b.statuses.at(-1)).toBe('online'), 5_000)
        b.config = { ...config, secret: 'other' }
        b.opened[0]?.set(false)
        await vi.waitFor(() => expect(b.opened).toHaveLength(2), 5_000)
      },
    )
    expect(backend.opened.map(({ closed }) => closed)).toEqual([true, true])
  })
})
