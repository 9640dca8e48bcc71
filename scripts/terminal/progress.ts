/** Where progress goes: the terminal, or an array in a test. */
export type Output = { write(text: string): unknown; isTTY?: boolean }

export type Progress = {
  /** One whole line. */
  say(line: string): void
  /**
   * Runs `work` under a title. A step that ends within a second stays silent; a longer one shows its title, then how
   * far it is (whatever `work` passes to `note`), then how long it took.
   */
  step<Result>(title: string, work: (note: (detail: string) => void) => Promise<Result>): Promise<Result>
}

const SILENT_MS = 1_000
const TICK_MS = 5_000

export function createProgress(output: Output, now: () => number = Date.now): Progress {
  const say = (line: string) => void output.write(`${line}\n`)
  return {
    say,
    async step(title, work) {
      const startedAt = now()
      const elapsed = () => `${((now() - startedAt) / 1000).toFixed(1)} s`
      let shown = false
      let lastDetail = ''
      const show = () => {
        if (!shown) say(`${title} …`)
        shown = true
      }
      const note = (detail: string) => {
        if (detail === lastDetail) return
        lastDetail = detail
        show()
        say(`  ${detail}`)
      }
      const silence = setTimeout(show, SILENT_MS)
      const tick = setInterval(() => say(`  still at it (${elapsed()})`), TICK_MS)
      try {
        const result = await work(note)
        if (shown) say(`  done in ${elapsed()}`)
        return result
      } finally {
        clearTimeout(silence)
        clearInterval(tick)
      }
    },
  }
}
