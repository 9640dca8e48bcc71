import type { LanguageModelUsage, ProviderMetadata } from 'ai'
import type { ReportedUsage } from '../model/usage.ts'

/** What a provider reported, or undefined when it reported nothing. The gateway adds the cost in US dollars. */
export function usageOf(usage: LanguageModelUsage, metadata: ProviderMetadata | undefined): ReportedUsage | undefined {
  const { inputTokens, outputTokens } = usage
  if (inputTokens === undefined && outputTokens === undefined) return undefined
  const cost = Number(metadata?.['gateway']?.['cost'] ?? 0)
  return {
    inputTokens: inputTokens ?? 0,
    outputTokens: outputTokens ?? 0,
    cachedTokens: usage.inputTokenDetails.cacheReadTokens ?? 0,
    costMicros: Number.isFinite(cost) ? Math.round(cost * 1_000_000) : 0,
  }
}
