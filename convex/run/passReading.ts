import { internal } from '../_generated/api.js'
import type { ActionCtx } from '../_generated/server.js'
import type { ChosenModel } from '../ai/chooseModel.ts'
import { createNonce } from '../ai/nonce.ts'
import { buildMergePrompt, buildPassPrompt, roomForNotes } from '../ai/notesPrompt.ts'
import type { Prompt } from '../ai/prompt.ts'
import { groupNotes, noteLimit, wordsOfLimit } from '../ai/reading/noteSizes.ts'
import type { Pass } from '../ai/reading/packPasses.ts'
import { PassCoverage } from '../ai/reading/passCoverage.ts'
import type { ReadingPlan } from '../ai/reading/planReading.ts'
import type { StallWatch } from '../ai/stallWatch.ts'
import { takeNote } from '../ai/takeNote.ts'
import type { AnswerInput } from '../model/answerInput.ts'
import type { Verdict } from '../model/chunks.ts'
import type { AttemptKey } from '../model/generations.ts'
import type { PassNote } from '../model/passNotes.ts'

interface Run {
  readonly ctx: ActionCtx
  readonly key: AttemptKey
  readonly input: AnswerInput
  readonly chosen: ChosenModel
  readonly signal: AbortSignal
  readonly setWatch: (watch: StallWatch) => void
  readonly onVerdict: (verdict: Exclude<Verdict, 'go'>) => void
}

/** What earlier attempts of this generation have read, as far as the plan is still the same. */
export class PassReading {
  readonly #plan: Extract<ReadingPlan, { kind: 'passes' }>
  readonly #stored: readonly PassNote[]
  readonly coverage: PassCoverage

  constructor(plan: Extract<ReadingPlan, { kind: 'passes' }>, stored: readonly PassNote[]) {
    this.#plan = plan
    this.#stored = stored
    this.coverage = new PassCoverage(plan.pages)
    for (const [order, pass] of plan.passes.entries()) {
      const note = this.#find(0, order, spanOf(pass))
      if (note) this.coverage.begin(pass, note.share)
    }
    const next = plan.passes[this.progress.done]
    if (next) this.coverage.begin(next)
  }

  get progress(): { done: number; total: number } {
    const { passes } = this.#plan
    const undone = passes.findIndex((pass, order) => !this.#find(0, order, spanOf(pass)))
    return { done: undone < 0 ? passes.length : undone, total: passes.length }
  }

  /** Runs the passes that are left, in order, and gives notes that fit the answer's prompt. */
  async finish(run: Run): Promise<string[]> {
    const { passes } = this.#plan
    const room = roomForNotes(run.input, run.chosen.budget)
    const most = noteLimit(room, passes.length)
    const words = wordsOfLimit(most)
    let notes: string[] = []
    for (const [order, pass] of passes.entries()) {
      const build = (): Prompt => buildPassPrompt({ input: run.input, nonce: createNonce(), pass, words })
      const text = await this.#note(run, { level: 0, order, span: spanOf(pass), most, build })
      notes.push(this.#heading(pass, order) + text)
    }
    for (let level = 1; ; level++) {
      const groups = groupNotes(notes, room)
      if (!groups) return notes
      const merged: string[] = []
      for (const [order, { from, to }] of groups.entries()) {
        const group = notes.slice(from, to)
        const build = (): Prompt =>
          buildMergePrompt({ input: run.input, nonce: createNonce(), notes: group, words: wordsOfLimit(most) })
        merged.push(await this.#note(run, { level, order, span: `${String(from)}-${String(to)}`, most, build }))
      }
      notes = merged
    }
  }

  async #note(
    run: Run,
    wanted: Omit<PassNote, 'text' | 'share'> & { most: number; build: () => Prompt },
  ): Promise<string> {
    const { level, order, span, most, build } = wanted
    const earlier = this.#find(level, order, span)
    if (earlier) return earlier.text
    const { chosen, signal, setWatch } = run
    const { text, usage, share } = await takeNote({ chosen, prompt: build(), most, signal, setWatch })
    const { passes } = this.#plan
    if (level === 0) {
      this.coverage.served(share)
      const next = passes[order + 1]
      if (next) this.coverage.begin(next)
    }
    const verdict = await run.ctx.runMutation(internal.passNotes.store, {
      ...run.key,
      note: { level, order, span, text, share },
      progress: { done: level === 0 ? order + 1 : passes.length, total: passes.length },
      sent: this.coverage.sent(),
      ...(usage ? { usage } : {}),
    })
    if (verdict !== 'go') run.onVerdict(verdict)
    if (signal.aborted) throw signal.reason
    return text
  }

  /** A stored note counts only up to the first that is missing, and for the same passages. */
  #find(level: number, order: number, span: string): PassNote | undefined {
    return this.#stored.find((note) => note.level === level && note.order === order && note.span === span)
  }

  /** Which page a note is of, where there are several. */
  #heading({ page }: Pass, order: number): string {
    if (this.#plan.pages.length === 1) return ''
    const ofPage = this.#plan.passes.filter((pass) => pass.page === page)
    const place = ofPage.indexOf(this.#plan.passes[order] ?? { page, orders: [] }) + 1
    const title = page.page.title.replace(/\s+/g, ' ').trim()
    return `Page ${String(page.number)} (${title}), part ${String(place)} of ${String(ofPage.length)}:\n`
  }
}

function spanOf({ page, orders }: Pass): string {
  return `${String(page.number)}.${String(orders[0] ?? 0)}-${String(orders.at(-1) ?? 0)}`
}
