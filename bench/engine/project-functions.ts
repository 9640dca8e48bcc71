import { makeFunctionReference } from 'convex/server'

export interface Mark {
  readonly rank: number
  readonly at?: number
}

type OfShelf = { shelf: string }

/** The functions of `project/convex`. */
export const marks = {
  add: makeFunctionReference<'mutation', OfShelf & { rank: number; text: string }, null>('marks:add'),
  fill: makeFunctionReference<'mutation', OfShelf & { from: number; count: number }, null>('marks:fill'),
  removeFirst: makeFunctionReference<'mutation', OfShelf, null>('marks:removeFirst'),
  first: makeFunctionReference<'query', OfShelf, Mark[]>('marks:first'),
  last: makeFunctionReference<'query', OfShelf, Mark | null>('marks:last'),
  between: makeFunctionReference<'query', OfShelf & { from: number; to: number }, number>('marks:between'),
}

export const enter = makeFunctionReference<'mutation', { key: number }, null>('ledger:enter')

export const append = makeFunctionReference<'action', OfShelf & { count: number; pauseMs: number }, null>(
  'appending:run',
)
