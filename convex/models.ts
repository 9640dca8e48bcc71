import { v } from 'convex/values'
import { offeredModels } from './ai/models.ts'
import { userQuery } from './functions.ts'
import { modelHead, modelId } from './validators.ts'

/** The models this backend can answer with, and the one it uses when none is chosen. */
export const list = userQuery({
  args: {},
  returns: v.object({ models: v.array(modelHead), defaultId: modelId }),
  handler: async () => offeredModels(process.env),
})
