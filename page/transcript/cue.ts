/** One line of a transcript, as it is shown while it is said. */
export interface Cue {
  /** Seconds from the beginning. */
  readonly at: number
  readonly text: string
}
