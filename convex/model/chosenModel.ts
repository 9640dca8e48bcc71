import { defaultModelId } from '../ai/models.ts'
import { fail } from './failure.ts'
import { MODEL_ID_LENGTH } from './limits.ts'

/**
 * The model to answer with: the one asked for, else the one before, else the default. Whether it exists is for the run
 * to find out, since that may take a request.
 */
export function chosenModel(asked: string | undefined, before?: string): string {
  if (asked !== undefined && (asked === '' || asked.length > MODEL_ID_LENGTH)) fail('provider_model_gone')
  return asked ?? before ?? defaultModelId(process.env)
}
