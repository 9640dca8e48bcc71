/** What a session needs of its socket. */
export interface Transport {
  /** Sends frames back to back; `flushed` is called once the last has left for the network. */
  send(frames: readonly string[], flushed?: () => void): void
  /** Ends the connection after what was sent. `reason` is at most 123 bytes. */
  close(code: number, reason: string): void
}

/** WebSocket close codes. 4401 is ours: no verified caller within the time allowed. */
export const CLOSE = { normal: 1000, goingAway: 1001, policy: 1008, internalError: 1011, unverified: 4401 } as const
