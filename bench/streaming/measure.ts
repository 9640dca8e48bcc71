import { now } from '../../tests/support/provider/recorded-request.ts'
import { difference, readMetrics, type Metrics } from './engine-metrics.ts'
import { quantile, tokenLags, type Callback } from './lag.ts'
import type { Pattern } from './pattern.ts'
import type { ProviderLink } from './provider-link.ts'
import { lostInFinal, lostInPrefix } from './reply-check.ts'

export interface Measured {
  readonly name: string
  readonly cost: Metrics
  readonly mutations: number
  readonly lagP50: number
  readonly lagP95: number
  readonly firstToken: number
  readonly lostChars: number
}

/** After the reply has ended, what it still schedules is let happen before the cost is read. */
const SETTLE_MS = 1_000

/** One reply through one pattern: what it cost, how late it came, and whether it was whole. */
export async function measure(
  pattern: Pattern,
  provider: ProviderLink,
  script: string,
  tokensPerSecond: number,
): Promise<Measured> {
  await provider.script(script, tokensPerSecond)
  const before = await readMetrics(pattern.engine)
  const callbacks: Callback[] = []
  let lostOnTheWay = 0
  const final = await pattern.ask((text) => {
    callbacks.push({ length: text.length, at: now() })
    lostOnTheWay = Math.max(lostOnTheWay, lostInPrefix(script, text))
  })
  await new Promise((done) => setTimeout(done, SETTLE_MS))
  const cost = difference(await readMetrics(pattern.engine), before)
  const lags = tokenLags(script, await provider.tokenTimes(), callbacks)
  return {
    name: pattern.name,
    cost,
    mutations: pattern.mutations.reduce((sum, path) => sum + (cost.runs[path] ?? 0), 0),
    lagP50: quantile(lags, 0.5),
    lagP95: quantile(lags, 0.95),
    firstToken: lags[0] ?? Number.NaN,
    lostChars: lostInFinal(script, final) + lostOnTheWay,
  }
}
