import type { ConvexClient } from 'convex/browser'
import { now } from '../../../tests/support/provider/recorded-request.ts'
import { askGloss, type Tamper } from '../../streaming/ask-gloss.ts'
import { tokenLags, type Callback } from '../../streaming/lag.ts'
import type { ProviderLink } from '../../streaming/provider-link.ts'
import { lostInFinal, lostInPrefix } from '../../streaming/reply-check.ts'

export interface Watched {
  /** Milliseconds of every token, from the provider's write to the client's callback that has it. */
  readonly lags: readonly number[]
  readonly lostChars: number
  /** Why replies did not end as they should. */
  readonly failures: readonly string[]
}

let asked = 0

/** Each client asks for so many replies at once, each in a conversation of its own, and follows them to their ends. */
export async function watchReplies(
  clients: readonly ConvexClient[],
  repliesEach: number,
  provider: ProviderLink,
  script: string,
  tamper?: Tamper,
): Promise<Watched> {
  const replies = clients.flatMap((client) => Array.from({ length: repliesEach }, () => client))
  const watched = await Promise.all(replies.map(async (client) => await watchReply(client, script, tamper)))
  const lags: number[] = []
  for (const { question, callbacks } of watched) {
    lags.push(...tokenLags(script, await provider.tokenTimes(question), callbacks))
  }
  return {
    lags,
    lostChars: watched.reduce((sum, { lostChars }) => sum + lostChars, 0),
    failures: watched.flatMap(({ failure }) => (failure === null ? [] : [failure])),
  }
}

interface WatchedReply {
  readonly question: string
  readonly callbacks: readonly Callback[]
  readonly lostChars: number
  readonly failure: string | null
}

async function watchReply(client: ConvexClient, script: string, tamper: Tamper | undefined): Promise<WatchedReply> {
  asked += 1
  // Unlike the question of any other reply, and no beginning of one: the provider finds its request by it.
  const question = `What does chapter ${asked} tell of the tide?`
  const callbacks: Callback[] = []
  let lostOnTheWay = 0
  const onText = (text: string): void => {
    callbacks.push({ length: text.length, at: now() })
    lostOnTheWay = Math.max(lostOnTheWay, lostInPrefix(script, text))
  }
  try {
    const final = await askGloss(client, { text: question }, onText, tamper)
    return { question, callbacks, lostChars: lostInFinal(script, final) + lostOnTheWay, failure: null }
  } catch (error) {
    return { question, callbacks, lostChars: script.length, failure: String(error) }
  }
}
