import type { FunctionReturnType } from 'convex/server'
import type { api } from '../../convex/_generated/api.js'

/** A quote of an answer where a page has it, as `citations.list` gives it. */
export type Citation = FunctionReturnType<typeof api.citations.list>['citations'][number]
