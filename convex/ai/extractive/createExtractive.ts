import type { LanguageModelV4 } from '@ai-sdk/provider'
export function createExtractive(_: { paceMs: number }): LanguageModelV4 {
  throw new Error('soon')
}
