import { Best } from '../values/best.ts'

export interface Neighbour {
  readonly id: string
  /** Cosine, from -1 to 1. */
  readonly score: number
}

/** Best first; of equals the one whose id comes first. */
export function nearest(limit: number): Best<Neighbour> {
  return new Best<Neighbour>(limit, (left, right) => right.score - left.score || (left.id < right.id ? -1 : 1))
}
