import type { Failure } from '../../protocol/errors.ts'

/** What the panel says about its backend. `offline` carries the sentence to show. */
export type ConnectionStatus =
  | { readonly name: 'connecting' | 'online' }
  | { readonly name: 'offline'; readonly failure: Failure }

export function sameStatus(a: ConnectionStatus, b: ConnectionStatus): boolean {
  if (a.name !== 'offline' || b.name !== 'offline') return a.name === b.name
  return a.failure.code === b.failure.code && a.failure.detail === b.failure.detail
}
