import { parseArgs } from 'node:util'
import { CommandError } from '../scripts/terminal/command-error.ts'
import type { Bench, BenchResult } from './bench.ts'
import { startGloss, type GlossPattern } from './streaming/gloss-pattern.ts'
import { quantile } from './streaming/lag.ts'
import { makeReply } from './streaming/make-reply.ts'
import { measure, type Measured } from './streaming/measure.ts'
import { printTable } from './streaming/print-table.ts'
import { ProviderLink } from './streaming/provider-link.ts'
import { startRival } from './streaming/rival-pattern.ts'

/** Replies by which the first token is measured: one alone is a matter of luck. */
const FIRST_TOKENS = 10

/**
 * A long reply streamed through Gloss and through the pattern "patch a growing `partialContent`", on the same engine,
 * from the same provider, one after the other.
 */
export const streaming: Bench = {
  async run(options) {
    const { tokens, rate } = readOptions(options)
    const script = makeReply(tokens)
    console.log(`${tokens} tokens (${script.length} characters) at ${rate} a second, a provider in another process\n`)

    await using stack = new AsyncDisposableStack()
    const provider = stack.use(await ProviderLink.start())
    const gloss = await startGloss(provider.url)
    stack.defer(gloss.close)

    const planted = await plantedDefect(gloss, provider)
    const first: number[] = []
    for (let round = 0; round < FIRST_TOKENS; round += 1) {
      first.push((await measure(gloss, provider, makeReply(20), rate)).firstToken)
    }
    const ours = await measure(gloss, provider, script, rate)
    first.push(ours.firstToken)
    const slow = await measureRival(500, provider, script, rate)
    const fast = await measureRival(50, provider, script, rate)

    const patterns = [ours, slow, fast]
    printTable(patterns)
    console.log(`\nours, documents written by table: ${JSON.stringify(ours.cost.written)}`)
    console.log(`ours, function runs: ${JSON.stringify(ours.cost.runs)}`)
    console.log(`ours, first token: ${first.map((value) => value.toFixed(1)).join(', ')} ms\n`)
    return result({ ours, slow, patterns, first, planted })
  },
}

interface Found {
  readonly ours: Measured
  readonly slow: Measured
  readonly patterns: readonly Measured[]
  readonly first: readonly number[]
  readonly planted: boolean
}

function result({ ours, slow, patterns, first, planted }: Found): BenchResult {
  return {
    ok: planted,
    figures: {
      written_ratio: round(ours.cost.bytesWritten / slow.cost.bytesWritten, 4),
      disk_ratio: round(ours.cost.disk / slow.cost.disk, 4),
      lag_p50_ms: round(ours.lagP50, 1),
      lag_p95_ms: round(ours.lagP95, 1),
      first_token_overhead_ms: round(quantile(first, 0.5), 1),
      lost_chars: ours.lostChars,
      cases_run: patterns.length,
      cases_skipped: 0,
      planted_caught: planted ? 1 : 0,
    },
  }
}

/** Proves that the check can fail: a reply of which the reader is kept from one chunk. */
async function plantedDefect(gloss: GlossPattern, provider: ProviderLink): Promise<boolean> {
  gloss.tamperWith((rows) => rows.map((row) => (row.seq === 0 ? { ...row, text: '' } : row)))
  const { lostChars } = await measure(gloss, provider, makeReply(300), 100)
  gloss.tamperWith((rows) => rows)
  console.log(`planted: a lost chunk was ${lostChars > 0 ? `caught (${lostChars} characters)` : 'NOT caught'}`)
  return lostChars > 0
}

async function measureRival(
  intervalMs: number,
  provider: ProviderLink,
  script: string,
  rate: number,
): Promise<Measured> {
  const rival = await startRival(provider.url, intervalMs)
  try {
    // As Gloss was: the first reply after a start pays for what is loaded then.
    await measure(rival, provider, makeReply(300), 300)
    return await measure(rival, provider, script, rate)
  } finally {
    await rival.close()
  }
}

function readOptions(args: readonly string[]): { tokens: number; rate: number } {
  const { values } = parseArgs({
    args: [...args],
    options: { tokens: { type: 'string', default: '8000' }, rate: { type: 'string', default: '80' } },
  })
  const [tokens, rate] = [Number(values.tokens), Number(values.rate)]
  if (!(Number.isInteger(tokens) && tokens >= 300 && rate > 0)) {
    throw new CommandError('--tokens is a whole number from 300 on, and --rate a number of tokens per second.')
  }
  return { tokens, rate }
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits))
}
