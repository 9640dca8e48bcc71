import type { ModelHead } from '../validators.ts'
export function offeredModels(..._: unknown[]): { models: ModelHead[]; defaultId: string } {
  throw new Error('soon')
}
