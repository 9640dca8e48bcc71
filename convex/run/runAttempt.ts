import { internal } from '../_generated/api.js'
import type { ActionCtx } from '../_generated/server.js'
import { chooseModel } from '../ai/chooseModel.ts'
import { ModelFailure } from '../ai/modelFailure.ts'
import type { Environment } from '../ai/models.ts'
import { createNonce } from '../ai/nonce.ts'
import { buildNotesPrompt, roomForPass } from '../ai/notesPrompt.ts'
import { buildPrompt, roomForPages, textsOf } from '../ai/prompt.ts'
import { coverageOf, servedCoverage } from '../ai/reading/coverage.ts'
import { planReading, type ReadingPlan } from '../ai/reading/planReading.ts'
import { servedShare } from '../ai/servedShare.ts'
import type { StallWatch } from '../ai/stallWatch.ts'
import { streamAnswer } from '../ai/streamAnswer.ts'
import type { CallEnd } from '../ai/streamOnce.ts'
import type { AnswerInput } from '../model/answerInput.ts'
import type { Ending } from '../model/finish.ts'
import type { AttemptKey } from '../model/generations.ts'
import type { SentContext } from '../model/sent.ts'
import type { ReportedUsage } from '../model/usage.ts'
import { ANSWER_BYTES } from '../model/limits.ts'
import { utf8Length } from '../../protocol/snapshot.ts'
import { ChunkWriter } from './chunkWriter.ts'
import { systemClock } from './clock.ts'
import { startHeartbeat } from './heartbeat.ts'
import { PassReading } from './passReading.ts'
import { searchPassages } from './searchPassages.ts'

/** Convex ends an action of its default runtime after 30 minutes. */
const ACTION_LIMIT_MS = 25 * 60_000
const CADENCE_MS = 250

/** Why a run is cut short: Stop, another attempt, the action limit, an answer without end, a chunk that failed. */
type Cut = 'stop' | 'gone' | 'limit' | 'long' | 'unwritten'

/** Runs one attempt of a generation to its end. What goes wrong becomes the answer's error. */
export async function runAttempt(ctx: ActionCtx, key: AttemptKey, env: Environment): Promise<void> {
  try {
    const input = await ctx.runQuery(internal.generations.input, key)
    if (input) await answer(ctx, key, env, input)
  } catch (error) {
    if (!(error instanceof ModelFailure)) console.error('generation failed', error)
    const failure = error instanceof ModelFailure ? error.failure : { code: 'internal' as const }
    await finish(ctx, key, failed(failure))
  }
}

async function answer(ctx: ActionCtx, key: AttemptKey, env: Environment, input: AnswerInput): Promise<void> {
  const control = new AbortController()
  let cut: Cut | null = null
  const cutShort = (why: Cut): void => {
    cut ??= why
    control.abort()
  }
  let watch: StallWatch | null = null
  const writer = new ChunkWriter({
    fromSeq: input.fromSeq,
    cadenceMs: numberOr(env['STREAM_CADENCE_MS'], CADENCE_MS),
    append: async (seq, text) => await ctx.runMutation(internal.generations.append, { ...key, seq, text }),
    onVerdict: cutShort,
    onFailure: (error) => {
      console.error('a chunk could not be stored', error)
      cutShort('unwritten')
    },
  })
  const chosen = await chooseModel(input.modelId, env, control.signal, {
    onLife: () => watch?.alive(),
    ready: async () => await writer.ready(),
  })
  const { budget } = chosen
  const isExtractive = chosen.model.provider === 'gloss.extractive'
  const plan = await planReading({
    input,
    room: roomForPages(input, budget),
    passRoom: roomForPass(input, budget),
    search: searchPassages(ctx),
  })
  const passes = plan.kind === 'passes' ? await resumePasses(ctx, key, plan) : null
  const sent =
    plan.kind === 'passes' ? (passes?.coverage.sent() ?? []) : plan.pages.map((reading) => coverageOf(reading))
  const begun = { ...key, sent, ...(passes ? { progress: passes.progress } : {}) }
  if (!(await ctx.runMutation(internal.generations.start, begun))) return

  const stopHeartbeat = startHeartbeat({
    lastWriteAt: () => writer.lastWriteAt,
    beat: async () => await ctx.runMutation(internal.generations.heartbeat, key),
    onVerdict: cutShort,
  })
  const cancelLimit = systemClock.after(numberOr(env['ACTION_LIMIT_MS'], ACTION_LIMIT_MS), () => cutShort('limit'))
  let firstTokenAt: number | undefined
  let bytes = 0
  let corrected: SentContext[] | undefined
  let end: CallEnd | null = null
  const setWatch = (current: StallWatch): void => {
    watch = current
  }
  try {
    const nonce = createNonce()
    const prompt = passes
      ? buildNotesPrompt({
          input,
          budget,
          nonce,
          notes: await passes.finish({
            ctx,
            key,
            input,
            chosen,
            signal: control.signal,
            setWatch,
            onVerdict: cutShort,
          }),
        })
      : buildPrompt({ input, pages: plan.kind === 'single' ? plan.pages : [], budget, nonce, marked: !isExtractive })
    const options = { extractive: { task: input.task, question: input.question, written: input.written } }
    end = await streamAnswer(
      {
        chosen,
        prompt,
        options: isExtractive ? options : {},
        signal: control.signal,
        onText: (text) => {
          firstTokenAt ??= Date.now()
          writer.write(text)
          bytes += utf8Length(text)
          if (bytes > ANSWER_BYTES) cutShort('long')
        },
      },
      setWatch,
    )
    const share = chosen.local ? servedShare(textsOf(prompt), end.usage?.inputTokens) : 1
    if (share < 1) corrected = passes ? passes.coverage.sent(share) : sent.map((one) => servedCoverage(one, share))
  } catch (error) {
    if (!control.signal.aborted) throw error
  } finally {
    cancelLimit()
    // Until the last chunk is stored, so that a slow flush does not look like a dead action.
    await writer.flush()
    stopHeartbeat()
  }
  if (cut === 'gone') return
  if (cut === 'limit' && !end && (await ctx.runMutation(internal.generations.handOver, key))) return
  await finish(ctx, key, ending(end, cut), { usage: end?.usage, firstTokenAt, sent: corrected })
}

/** Passes that earlier attempts of this generation have run are not run again. */
async function resumePasses(
  ctx: ActionCtx,
  { generationId }: AttemptKey,
  plan: Extract<ReadingPlan, { kind: 'passes' }>,
): Promise<PassReading> {
  return new PassReading(plan, await ctx.runQuery(internal.passNotes.list, { generationId }))
}

/** A whole answer is complete even when Stop came with its last word. */
function ending(end: CallEnd | null, cut: Cut | null): Ending {
  if (cut === 'unwritten') return failed({ code: 'interrupted' })
  if (end?.kind === 'complete') return { kind: 'complete' }
  if (end) return failed(end.failure)
  if (cut === 'stop') return { kind: 'stop' }
  if (cut === 'long') return failed({ code: 'provider_failed', detail: 'its answer did not end' })
  return failed({ code: 'interrupted' })
}

function failed({ code, detail }: ModelFailure['failure']): Ending {
  return { kind: 'fail', error: detail === undefined ? { code } : { code, detail } }
}

interface Report {
  readonly usage?: ReportedUsage | undefined
  readonly firstTokenAt?: number | undefined
  readonly sent?: SentContext[] | undefined
}

async function finish(
  ctx: ActionCtx,
  key: AttemptKey,
  end: Ending,
  { usage, firstTokenAt, sent }: Report = {},
): Promise<void> {
  await ctx.runMutation(internal.generations.finish, {
    ...key,
    ending: end,
    ...(usage === undefined ? {} : { usage }),
    ...(firstTokenAt === undefined ? {} : { firstTokenAt }),
    ...(sent === undefined ? {} : { sent }),
  })
}

function numberOr(value: string | undefined, otherwise: number): number {
  const number = Number(value)
  return value !== undefined && Number.isFinite(number) && number > 0 ? number : otherwise
}
